using Stepsize.Training.Faults;

namespace Stepsize.Web.Hosting;

/// <summary>
/// What a person can set: on the command line, else by environment variables STEPSIZE_URLS, STEPSIZE_DB, STEPSIZE_DATA and STEPSIZE_THREADS,
/// else as here.
/// </summary>
public sealed record ProgramSettings
{
    public const string EnvironmentPrefix = "STEPSIZE_";

    /// <summary>Loopback: nobody else on the network can launch sweeps or read results unless asked for.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>Below the folder that the program is started in: easy to see, to move and to delete.</summary>
    public const string DefaultDatabase = "data/stepsize.db";

    private const int MaximumThreads = 1024;

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public required string Urls { get; init; }

    /// <summary>A SQLite file or a PostgreSQL connection string.</summary>
    public required string Database { get; init; }

    /// <summary>Folder searched for datasets before the shipped one; null for that alone.</summary>
    public string? DataFolder { get; init; }

    public required int Threads { get; init; }

    /// <summary>Whether only this machine can reach every address.</summary>
    public bool IsLoopback => Urls.Split(';').All(url => IsLoopbackHost(BindingAddress.Parse(url).Host));

    public static IConfiguration Environment() => new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build();

    /// <summary>The values given, else the configuration's, else the defaults.</summary>
    /// <exception cref="InvalidInputException">A value cannot be used; names every one.</exception>
    public static ProgramSettings Resolve(IConfiguration configuration, string? urls = null, string? database = null, string? data = null, string? threads = null)
    {
        var faults = new FaultList();
        var settings = new ProgramSettings
        {
            Urls = ReadUrls(urls ?? configuration["urls"] ?? DefaultUrls, faults),
            Database = ReadDatabase(database ?? configuration["db"] ?? DefaultDatabase, faults),
            DataFolder = data ?? configuration["data"],
            Threads = ReadThreads(threads ?? configuration["threads"], faults),
        };
        faults.ThrowIfAny();
        return settings;
    }

    private static string ReadUrls(string text, FaultList faults)
    {
        var urls = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls.Where(u => !IsUsable(u)))
        {
            faults.Add("urls", $"\"{url}\" is not an address to listen on; write it like {DefaultUrls}.");
        }

        if (urls.Length == 0)
        {
            faults.Add("urls", $"is empty; give an address like {DefaultUrls}.");
        }

        return string.Join(';', urls);
    }

    private static bool IsUsable(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address is { Scheme: "http" or "https", PathBase.Length: 0, Port: >= 0 and <= 65535 } && address.Host.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string ReadDatabase(string text, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add("db", $"is empty; give a file such as {DefaultDatabase}.");
        }

        return text;
    }

    private static int ReadThreads(string? text, FaultList faults)
    {
        if (text is null)
        {
            return System.Environment.ProcessorCount;
        }

        if (int.TryParse(text, out var threads) && threads is >= 1 and <= MaximumThreads)
        {
            return threads;
        }

        faults.Add("threads", $"{text} is not allowed; give a whole number from 1 to {MaximumThreads}.");
        return 1;
    }

    private static bool IsLoopbackHost(string host) =>
        host == "localhost" || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));
}
