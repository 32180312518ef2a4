using System.CommandLine;
using Stepsize.Data.Database;
using Stepsize.Web.Hosting;

namespace Stepsize.Web.Commands;

/// <summary><c>serve</c> and <c>demo</c>: the dashboard, until Ctrl-C.</summary>
internal static class ServeCommand
{
    // What test hosts and deployment tools pass to any ASP.NET Core program.
    private static readonly Option<string?>[] HostOptions =
        [.. new[] { "--environment", "--contentRoot", "--applicationName" }.Select(name => new Option<string?>(name) { Hidden = true })];

    public static Command Create() => Create("serve", "Starts the dashboard; unfinished sweeps of the database go on.", withQuickstart: false);

    public static Command CreateDemo() => Create("demo", "Starts the dashboard with the quickstart sweep training.", withQuickstart: true);

    /// <summary>The program without a command serves, and takes the same options.</summary>
    public static void MakeDefaultOf(RootCommand root) => Complete(root, withQuickstart: false);

    private static Command Create(string name, string description, bool withQuickstart)
    {
        var command = new Command(name, description);
        Complete(command, withQuickstart);
        return command;
    }

    private static void Complete(Command command, bool withQuickstart)
    {
        foreach (var option in new Option[] { CommandOptions.Urls, CommandOptions.Database, CommandOptions.Data, CommandOptions.Threads }.Concat(HostOptions))
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => RunAsync(CommandOptions.Settings(parsed), HostArguments(parsed), withQuickstart, cancellation));
    }

    private static async Task<int> RunAsync(ProgramSettings settings, string[] arguments, bool withQuickstart, CancellationToken cancellation)
    {
        var database = DatabaseOptions.Parse(settings.Database);
        var app = DashboardHost.Build(settings, database, arguments);
        using var opened = await DatabaseOpening.OpenAsync(database, cancellation);
        await using var ending = app; // Before the lock goes: what is recorded last is written here.
        await app.StartAsync(cancellation);
        if (withQuickstart)
        {
            await Demo.LaunchAsync(app.Services, cancellation);
        }

        foreach (var url in app.Urls)
        {
            Console.WriteLine($"Stepsize Dashboard: {url}  (database {database.DisplayName}, {settings.Threads} training threads; Ctrl-C stops, sweeps go on at the next start)");
        }

        if (!settings.IsLoopback)
        {
            Console.WriteLine("Everyone who can reach this address can launch sweeps and read results: there are no accounts.");
        }

        await app.WaitForShutdownAsync(cancellation);
        return ExitCode.Success;
    }

    private static string[] HostArguments(ParseResult parsed) =>
        [.. HostOptions.Where(o => parsed.GetResult(o) is not null).Select(o => $"{o.Name}={parsed.GetValue(o)}")];
}
