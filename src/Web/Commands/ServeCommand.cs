using System.CommandLine;
using Stepsize.Data.Database;
using Stepsize.Torch.Execution;
using Stepsize.Web.Hosting;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Commands;

/// <summary><c>serve</c> and <c>demo</c>: the dashboard, until Ctrl-C.</summary>
internal static class ServeCommand
{
    // What test hosts and deployment tools pass to any ASP.NET Core program.
    private static readonly Option<string?>[] HostOptions =
        [.. new[] { "--environment", "--contentRoot", "--applicationName" }.Select(name => new Option<string?>(name) { Hidden = true })];

    /// <summary>Whatever has to be recovered, a person who opens the page is answered after this, and a supervisor too.</summary>
    private static readonly TimeSpan ListensWithin = TimeSpan.FromSeconds(3);

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
        foreach (var option in CommandOptions.Serving.Concat([CommandOptions.Database, CommandOptions.Name, CommandOptions.NoTraining]).Concat(CommandOptions.Training).Concat(HostOptions))
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => RunAsync(CommandOptions.Settings(parsed), HostArguments(parsed), withQuickstart, cancellation));
    }

    private static async Task<int> RunAsync(ProgramSettings settings, string[] arguments, bool withQuickstart, CancellationToken cancellation)
    {
        var database = DatabaseOptions.Parse(settings.Database);
        var app = DashboardHost.Build(settings, database, arguments);
        app.Services.GetRequiredService<ChoosingExecutor>().Open();
        var readiness = app.Services.GetRequiredService<Readiness>();
        readiness.Patience = ListensWithin;
        DatabaseLock? opened = null;
        readiness.Before = async token => opened = await DatabaseOpening.OpenAsync(database, token);
        try
        {
            await using var ending = app; // Before the lock goes: what is recorded last is written here.
            await ServeAsync(app, settings, database, withQuickstart, cancellation);
            return ExitCode.Success;
        }
        finally
        {
            opened?.Dispose();
        }
    }

    private static async Task ServeAsync(WebApplication app, ProgramSettings settings, DatabaseOptions database, bool withQuickstart, CancellationToken cancellation)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        await app.StartAsync(cancellation);
        var ended = app.WaitForShutdownAsync(cancellation);
        if (!readiness.IsReady)
        {
            Console.WriteLine($"Listening at {string.Join(" and ", app.Urls)}, and still starting: what the last program left unfinished is taken up.");
            if (await Task.WhenAny(readiness.Completed, ended) == ended)
            {
                await ended;
                return;
            }
        }

        if (readiness.Completed.IsFaulted)
        {
            await app.StopAsync(cancellation);
        }

        await readiness.Completed;
        if (withQuickstart)
        {
            await Demo.LaunchAsync(app.Services, cancellation);
        }

        foreach (var url in app.Urls)
        {
            Console.WriteLine($"Stepsize Dashboard: {url}{(settings.PathBase.Length > 0 ? settings.PathBase + "/" : "")}  (database {database.DisplayName}, {Training(settings, database)})");
        }

        if (!settings.IsLoopback)
        {
            Console.WriteLine("Everyone who can reach this address can launch sweeps and read results: there are no accounts.");
        }

        await ended;
    }

    private static string Training(ProgramSettings settings, DatabaseOptions database) =>
        settings.Queues.Count == 0 ? "trains nothing itself; Ctrl-C stops"
        : database.IsSqlite ? $"{settings.Threads} training threads; Ctrl-C stops, sweeps go on at the next start"
        : $"{settings.Threads} training threads; Ctrl-C stops, sweeps go on with other workers or at the next start";

    private static string[] HostArguments(ParseResult parsed) =>
        [.. HostOptions.Where(o => parsed.GetResult(o) is not null).Select(o => $"{o.Name}={parsed.GetValue(o)}")];
}
