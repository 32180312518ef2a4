using System.CommandLine;
using Stepsize.Data.Database;
using Stepsize.Data.Workers;
using Stepsize.Torch.Execution;
using Stepsize.Training.Faults;
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
            CommandOptions.Queues,
            CommandOptions.Name,
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
        settings = settings with { Queues = Served(settings.Queues) };
        var host = WorkerHost.Build(settings, database);
        host.Services.GetRequiredService<ChoosingExecutor>().Open();
        using var opened = await DatabaseOpening.OpenAsync(database, cancellation);
        await using var ending = (IAsyncDisposable)host; // Before the lock goes: what is recorded last is written here.
        await host.StartAsync(cancellation);
        Console.WriteLine($"Stepsize worker: database {database.DisplayName}, {settings.Threads} training threads; Ctrl-C stops, sweeps go on {(database.IsSqlite ? "at the next start" : "with other workers or at the next start")}.");
        await host.WaitForShutdownAsync(cancellation);
        return ExitCode.Success;
    }

    /// <summary>Queues that there are: every sweep goes to that of the processor, whatever trains it in the end.</summary>
    /// <exception cref="InvalidInputException">It has none of them.</exception>
    private static string[] Served(IReadOnlyList<string> queues)
    {
        string[] served = [.. queues.Where(q => q == CohortQueues.Cpu)];
        var others = string.Join(", ", queues.Except(served));
        if (served.Length == 0)
        {
            throw new InvalidInputException("queues", $"sweeps are only sent to cpu so far, and never to {(others.Length > 0 ? others : "no queue")}; name cpu, or leave it out. What trains them here is chosen with --device.");
        }

        if (others.Length > 0)
        {
            Console.Error.WriteLine($"Sweeps are only sent to the queue cpu so far: nothing will come from {others}.");
        }

        return served;
    }
}
