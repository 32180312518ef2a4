using System.CommandLine;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary><c>sweep run</c>: trains a sweep here and now, without a server. The others control stored sweeps.</summary>
internal static class SweepCommand
{
    private static readonly Argument<string> What = new("PRESET|FILE")
    {
        Description = "A preset (stepsize presets lists them) or a file with a sweep specification.",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "File to write the results to, as JSON; written whole or not at all.",
        HelpName = "FILE.json",
    };

    private static readonly Option<string?> Database = new("--db")
    {
        Description = "Database to store the sweep in, so that the dashboard shows it; without it nothing is stored.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Tolerance = new("--tolerance")
    {
        Description = "What still counts as trained, for widths: points of accuracy such as 2, for losses a factor such as x10 or a bound such as below-1e-8.",
        HelpName = "T",
    };

    public static Command Create()
    {
        var run = new Command("run", "Trains a preset or a specification and prints how robust each optimizer is.")
        {
            What, Out, Database, Tolerance,
        };
        foreach (var option in CommandOptions.Training)
        {
            run.Add(option);
        }

        run.SetAction((parsed, _) => SweepRun.RunAsync(new SweepRunRequest(
            SweepSource.Load(parsed.GetRequiredValue(What)),
            CommandOptions.Settings(parsed),
            parsed.GetValue(Out),
            parsed.GetValue(Database),
            parsed.GetValue(Tolerance))));
        var command = new Command("sweep", "Trains sweeps, and controls stored ones.") { run };
        foreach (var control in SweepControlCommands.Create())
        {
            command.Subcommands.Add(control);
        }

        return command;
    }
}
