using System.CommandLine;
using Stepsize.Web.Hosting;

namespace Stepsize.Web.Commands;

/// <summary>Options that several commands share, and the settings that they make with the environment's.</summary>
internal static class CommandOptions
{
    public static Option<string?> Urls { get; } = new("--urls")
    {
        Description = $"Where the dashboard listens; {ProgramSettings.DefaultUrls} by default, which this machine alone can reach.",
        HelpName = "URL",
    };

    public static Option<string?> Database { get; } = new("--db")
    {
        Description = $"SQLite file (made when it is not there) or PostgreSQL connection string; {ProgramSettings.DefaultDatabase} by default.",
        HelpName = "FILE",
    };

    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Folder with datasets that is searched before the one that ships with the program.",
        HelpName = "FOLDER",
    };

    public static Option<string?> Threads { get; } = new("--threads")
    {
        Description = "Threads that train; one a core by default.",
        HelpName = "N",
    };

    public static Option<string?> Device { get; } = new("--device")
    {
        Description = "What trains networks: auto (a GPU where there is one and a libtorch for it, else the CPU), cpu, gpu, gpu:1 (the second) or torch-cpu (libtorch on the CPU).",
        HelpName = "DEVICE",
    };

    public static Option<string?> Torch { get; } = new("--torch")
    {
        Description = "Folder of an unpacked libtorch, for training on a GPU; beside the program and in the cache of NuGet packages by default.",
        HelpName = "FOLDER",
    };

    public static Option<string?> AllowedHosts { get; } = new("--allowed-hosts")
    {
        Description = "Names under which the dashboard answers besides localhost, such as stepsize.example.org; * for any.",
        HelpName = "NAMES",
    };

    public static Option<string?> PathBase { get; } = new("--path-base")
    {
        Description = "Path below which a reverse proxy has put the dashboard, such as /stepsize.",
        HelpName = "PATH",
    };

    public static Option<string?> KnownProxies { get; } = new("--known-proxies")
    {
        Description = "Addresses or networks of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, such as 127.0.0.1.",
        HelpName = "ADDRESSES",
    };

    public static Option<string?> Queues { get; } = new("--queues")
    {
        Description = "Kinds of devices whose work it takes from a PostgreSQL database, such as gpu,cpu; cpu by default.",
        HelpName = "NAMES",
    };

    public static Option<string?> Name { get; } = new("--name")
    {
        Description = "What it is called on the page of workers; its host and process by default.",
        HelpName = "NAME",
    };

    public static Option<bool> NoTraining { get; } = new("--no-training") { Description = "Only shows and launches: what is to be trained waits for workers." };

    /// <summary>What only a program that listens is told.</summary>
    public static IReadOnlyList<Option> Serving { get; } = [Urls, AllowedHosts, PathBase, KnownProxies];

    /// <summary>What whoever trains is told.</summary>
    public static IReadOnlyList<Option> Training { get; } = [Data, Threads, Device, Torch];

    public static Option<bool> Json { get; } = new("--json") { Description = "Write JSON, for programs." };

    /// <summary>The settings of the environment alone.</summary>
    public static ProgramSettings Environment() => ProgramSettings.Resolve(ProgramSettings.Environment());

    /// <summary>The settings of the command's options and, for those not given, of the environment.</summary>
    public static ProgramSettings Settings(ParseResult parsed) => ProgramSettings.Resolve(
        ProgramSettings.Environment(), parsed.GetValue(Urls), parsed.GetValue(Database), parsed.GetValue(Data), parsed.GetValue(Threads),
        parsed.GetValue(AllowedHosts), parsed.GetValue(PathBase), parsed.GetValue(KnownProxies), parsed.GetValue(Queues), parsed.GetValue(Name),
        parsed.GetValue(NoTraining), parsed.GetValue(Torch), parsed.GetValue(Device));
}
