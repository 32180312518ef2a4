using System.CommandLine;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps.Extension;
using Stepsize.Web.Hosting;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>
/// <c>sweep pause|resume|cancel|missing|extend|delete|restore</c>: control of stored sweeps. A program that trains the sweeps of a SQLite file holds its lock, and
/// is told to by its pages; on PostgreSQL whoever trains the sweep hears of the change.
/// </summary>
internal static class SweepControlCommands
{
    private const string Later = "They are trained when a dashboard or worker runs on this database.";

    private static readonly Argument<long> Sweep = new("SWEEP") { Description = "The sweep's number, as in its page's address." };

    private static readonly Argument<string> Extension = new("JSON|FILE")
    {
        Description = "What to add, such as '{ \"seeds\": [3, 4] }', or a file with it; fields: optimizers, seeds, epochs or iterations.",
    };

    private static readonly Option<bool> Queue = new("--run") { Description = "Do it; without this, only say what would be trained." };

    public static IEnumerable<Command> Create() =>
    [
        Simple("pause", "Keeps an unfinished sweep from being trained until it is resumed.", (c, id, stop) => c.Control.PauseAsync(id, stop)),
        Simple("resume", "Lets a paused sweep be trained again.", (c, id, stop) => c.Control.ResumeAsync(id, stop)),
        Simple("cancel", "Ends an unfinished sweep for good; what was trained stays.", (c, id, stop) => c.Store.CancelAsync(id, stop)),
        Of("missing", "Lists runs without a result, and with --run queues them.", [Sweep, Queue], (parsed, c, stop) => MissingAsync(parsed, c, stop)),
        Of("extend", "Says what an extension adds to a sweep, and with --run adds it.", [Sweep, Extension, Queue], (parsed, c, stop) => ExtendAsync(parsed, c, stop)),
        Simple("delete", "Moves a sweep to the bin, from which it can be restored for 30 days.", (c, id, stop) => c.Bin.DeleteSweepAsync(id, stop)),
        Simple("restore", "Takes a sweep out of the bin.", (c, id, stop) => c.Bin.RestoreSweepAsync(id, stop)),
    ];

    private static Command Simple(string name, string description, Func<Stored, long, CancellationToken, Task> act) => Of(name, description, [Sweep], async (parsed, stored, stop) =>
    {
        var id = parsed.GetRequiredValue(Sweep);
        await act(stored, id, stop);
        var status = await stored.Control.FindStatusAsync(id, stop);
        if (status is null && await stored.Bin.FindSweepAsync(id, stop) is not { })
        {
            throw new InvalidInputException("", $"There is no sweep {id}.");
        }

        Console.WriteLine(status is { } now ? $"Sweep {id}: {StatusText.Of(now)}." : $"Sweep {id}: in the bin.");
    });

    private static async Task MissingAsync(ParseResult parsed, Stored stored, CancellationToken stop)
    {
        var id = parsed.GetRequiredValue(Sweep);
        var missing = await stored.Control.FindMissingAsync(id, stop);
        Console.WriteLine($"{missing.Runs.Count} of {missing.Specification.RunCount} runs of sweep {id} have no result.");
        Print(PlannedLine.Of(missing));
        if (parsed.GetValue(Queue))
        {
            await ReplacedTables.RefuseAsync(stored.Data, DatasetFolders.Standard(CommandOptions.Settings(parsed).DataFolder), id, stop);
            Console.WriteLine($"{await stored.Control.QueueMissingAsync(id, null, stop)} queued. {Later}");
        }
    }

    private static async Task ExtendAsync(ParseResult parsed, Stored stored, CancellationToken stop)
    {
        var id = parsed.GetRequiredValue(Sweep);
        var given = parsed.GetRequiredValue(Extension);
        var extension = ExtensionReader.Parse(File.Exists(given) ? await File.ReadAllTextAsync(given, stop) : given);
        await ReplacedTables.RefuseAsync(stored.Data, DatasetFolders.Standard(CommandOptions.Settings(parsed).DataFolder), id, stop);
        var plan = await stored.Control.PlanExtensionAsync(id, extension, stop);
        Console.WriteLine(
            $"{plan.Cells} cells: {plan.CellsThere} exist, {plan.Cells - plan.CellsThere} new; {plan.Runs} runs: {plan.RunsThere} exist, {plan.New.Count} new"
            + (plan.IsNewSweep ? ", in a sweep of their own." : "."));
        Print(PlannedLine.Of(plan));
        if (parsed.GetValue(Queue))
        {
            Console.WriteLine($"Added to sweep {await stored.Control.ExtendAsync(id, extension, stop)}. {Later}");
        }
    }

    private static void Print(IEnumerable<PlannedLine> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine($"  {line.Optimizer}, {line.Axis} = {NumberText.Axis(line.AxisValue)}, seed {line.Seed}: {line.Note}");
        }
    }

    private static Command Of(string name, string description, Symbol[] symbols, Func<ParseResult, Stored, CancellationToken, Task> act)
    {
        var command = new Command(name, description) { CommandOptions.Database };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        command.SetAction(async (parsed, stop) =>
        {
            var options = DatabaseOptions.Parse(CommandOptions.Settings(parsed).Database);
            using var opened = await DatabaseOpening.OpenAsync(options, stop);
            await using var services = new ServiceCollection().AddStepsizeData(options).BuildServiceProvider();
            var stored = new Stored(
                services.GetRequiredService<ISweepStore>(), services.GetRequiredService<ISweepControl>(), services.GetRequiredService<IBin>(),
                services.GetRequiredService<ISweepData>());
            await act(parsed, stored, stop);
            return ExitCode.Success;
        });
        return command;
    }

    private sealed record Stored(ISweepStore Store, ISweepControl Control, IBin Bin, ISweepData Data);
}
