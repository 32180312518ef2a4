using System.Net;
using Stepsize.Data.Workers;
using Stepsize.Torch.Devices;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Hosting;

/// <summary>
/// What a person can set: on the command line, else by environment variables STEPSIZE_URLS, STEPSIZE_DB, STEPSIZE_DATA, STEPSIZE_THREADS,
/// STEPSIZE_ALLOWED_HOSTS, STEPSIZE_PATH_BASE, STEPSIZE_KNOWN_PROXIES, STEPSIZE_QUEUES, STEPSIZE_NAME, STEPSIZE_NO_TRAINING, STEPSIZE_LEASE, STEPSIZE_DEVICE
/// and STEPSIZE_TORCH, else as here.
/// </summary>
public sealed record ProgramSettings
{
    public const string EnvironmentPrefix = "STEPSIZE_";

    /// <summary>Loopback: nobody else on the network can launch sweeps or read results unless asked for.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>Below the folder that the program is started in: easy to see, to move and to delete.</summary>
    public const string DefaultDatabase = "data/stepsize.db";

    private const int MaximumThreads = 1024;

    private const int LongestName = 60;

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public required string Urls { get; init; }

    /// <summary>A SQLite file or a PostgreSQL connection string.</summary>
    public required string Database { get; init; }

    /// <summary>Folder searched for datasets before the shipped one; null for that alone.</summary>
    public string? DataFolder { get; init; }

    public required int Threads { get; init; }

    /// <summary>
    /// Names under which the dashboard answers besides this machine's loopback names: hosts, <c>*.example.org</c> for those below one, <c>*</c> for any.
    /// Null where nothing was said.
    /// </summary>
    public IReadOnlyList<string>? AllowedHosts { get; init; }

    /// <summary>Path below which a reverse proxy has put the dashboard, such as <c>/stepsize</c>; empty for none.</summary>
    public string PathBase { get; init; } = "";

    /// <summary>Addresses and networks of reverse proxies whose word on the client's address and scheme is taken.</summary>
    public IReadOnlyList<string> KnownProxies { get; init; } = [];

    /// <summary>Kinds of devices whose cohorts this program takes; empty where it trains nothing.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [CohortQueues.Cpu];

    /// <summary>What other programs and people call this one; null for its host and process.</summary>
    public string? Name { get; init; }

    /// <summary>How long a claim of this program holds without a word of it, on PostgreSQL.</summary>
    public LeaseTerms Lease { get; init; } = LeaseTerms.Standard;

    /// <summary>What trains networks.</summary>
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    /// <summary>Folder of libtorch, for training on a GPU; null for the usual places.</summary>
    public string? TorchFolder { get; init; }

    /// <summary>Whether only this machine can reach every address.</summary>
    public bool IsLoopback => Urls.Split(';').All(url => IsLoopbackHost(BindingAddress.Parse(url).Host));

    public static IConfiguration Environment() => new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build();

    /// <summary>The values given, else the configuration's, else the defaults.</summary>
    /// <exception cref="InvalidInputException">A value cannot be used; names every one.</exception>
    public static ProgramSettings Resolve(
        IConfiguration configuration, string? urls = null, string? database = null, string? data = null, string? threads = null,
        string? allowedHosts = null, string? pathBase = null, string? knownProxies = null, string? queues = null, string? name = null, bool noTraining = false,
        string? torch = null, string? device = null)
    {
        var faults = new FaultList();
        var settings = new ProgramSettings
        {
            Urls = ReadUrls(urls ?? configuration["urls"] ?? DefaultUrls, faults),
            Database = ReadDatabase(database ?? configuration["db"] ?? DefaultDatabase, faults),
            DataFolder = data ?? configuration["data"],
            Threads = ReadThreads(threads ?? configuration["threads"], faults),
            AllowedHosts = ReadHosts(allowedHosts ?? configuration["allowed_hosts"], faults),
            PathBase = ReadPathBase(pathBase ?? configuration["path_base"], faults),
            KnownProxies = ReadProxies(knownProxies ?? configuration["known_proxies"], faults),
            Queues = noTraining || ReadSwitch("no-training", configuration["no_training"], faults) ? [] : ReadQueues(queues ?? configuration["queues"], faults),
            Name = ReadName(name ?? configuration["name"], faults),
            Lease = ReadLease(configuration["lease"], faults),
            Device = DeviceChoice.Read(device ?? configuration["device"], faults),
            TorchFolder = ReadFolder(torch ?? configuration["torch"]),
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

    private static string[]? ReadHosts(string? text, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var hosts = Entries(text);
        foreach (var host in hosts.Where(h => h != "*" && Uri.CheckHostName((h.StartsWith("*.", StringComparison.Ordinal) ? h[2..] : h).Trim('[', ']')) == UriHostNameType.Unknown))
        {
            faults.Add("allowed-hosts", $"\"{host}\" is not the name of a host; write names without scheme, port or path, such as stepsize.example.org, *.example.org or 192.168.1.5.");
        }

        return hosts;
    }

    private static string ReadPathBase(string? text, FaultList faults)
    {
        var path = text?.Trim().TrimEnd('/') ?? "";
        if (path.Length > 0 && (path[0] != '/' || path.Contains("//", StringComparison.Ordinal) || !path.All(c => char.IsAsciiLetterOrDigit(c) || "/-_.~".Contains(c, StringComparison.Ordinal))))
        {
            faults.Add("path-base", $"\"{text}\" is not a path; write it like /stepsize, with letters, digits, hyphens and dots.");
        }

        return path;
    }

    private static string[] ReadProxies(string? text, FaultList faults)
    {
        var proxies = Entries(text ?? "");
        foreach (var proxy in proxies.Where(p => !IPAddress.TryParse(p, out _) && !IPNetwork.TryParse(p, out _)))
        {
            faults.Add("known-proxies", $"\"{proxy}\" is not an address; write addresses or networks, such as 127.0.0.1 or 10.0.0.0/8.");
        }

        return proxies;
    }

    private static string[] ReadQueues(string? text, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [CohortQueues.Cpu];
        }

        string[] queues = [.. Entries(text).Distinct(StringComparer.Ordinal)];
        foreach (var queue in queues.Where(q => !CohortQueues.IsName(q)))
        {
            faults.Add("queues", $"\"{queue}\" is not the name of a queue; write small letters, digits and hyphens, such as cpu or gpu.");
        }

        return queues;
    }

    private static string? ReadName(string? text, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (text.Length > LongestName || text.Any(char.IsControl))
        {
            faults.Add("name", $"has to be one line of at most {LongestName} characters.");
        }

        return text.Trim();
    }

    private static bool ReadSwitch(string field, string? text, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        if (!bool.TryParse(text, out var value))
        {
            faults.Add(field, $"\"{text}\" is neither true nor false.");
        }

        return value;
    }

    private static LeaseTerms ReadLease(string? text, FaultList faults)
    {
        var (least, most) = ((int)LeaseTerms.ShortestLease.TotalSeconds, (int)LeaseTerms.LongestLease.TotalSeconds);
        if (string.IsNullOrWhiteSpace(text))
        {
            return LeaseTerms.Standard;
        }

        if (int.TryParse(text, out var seconds) && seconds >= least && seconds <= most)
        {
            return new LeaseTerms(TimeSpan.FromSeconds(seconds));
        }

        faults.Add("lease", $"{text} is not allowed; give whole seconds from {least} to {most}.");
        return LeaseTerms.Standard;
    }

    private static string? ReadFolder(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string[] Entries(string text) => text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool IsLoopbackHost(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
