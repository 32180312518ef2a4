using System.CommandLine;
using Stepsize.Data.Database;
using Stepsize.Torch.Execution;
using Stepsize.Web.Hosting;

namespace Stepsize.Web.Commands;

/// <summary><c>worker</c>: trains the unfinished sweeps of a database, without pages, until Ctrl-C.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var command = new Command("worker", "Only trains: takes unfinished sweeps from the database, without pages.")
        {
            CommandOptions.Database,
        };
        foreach (var option in CommandOptions.Training)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => RunAsync(CommandOptions.Settings(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ProgramSettings settings, CancellationToken cancellation)
    {
        var database = DatabaseOptions.Parse(settings.Database);
        var host = WorkerHost.Build(settings, database);
        host.Services.GetRequiredService<ChoosingExecutor>().Open();
        using var opened = await DatabaseOpening.OpenAsync(database, cancellation);
        await using var ending = (IAsyncDisposable)host; // Before the lock goes: what is recorded last is written here.
        await host.StartAsync(cancellation);
        Console.WriteLine($"Stepsize worker: database {database.DisplayName}, {settings.Threads} training threads; Ctrl-C stops, sweeps go on at the next start.");
        await host.WaitForShutdownAsync(cancellation);
        return ExitCode.Success;
    }
}
