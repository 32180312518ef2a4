using System.CommandLine;
using System.Text;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Web.Commands.Sweeps;
using Stepsize.Web.Reports.Experiments;
using Stepsize.Web.Views.Papers;

namespace Stepsize.Web.Commands;

/// <summary><c>papers report</c>: writes docs/experiments.md from the stored runs.</summary>
internal static class PaperReport
{
    private static readonly Option<string?> Output = new("--out") { Description = "File to write, such as docs/experiments.md; standard output without.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("report", "Writes what the stored runs gave of the published experiments, as Markdown.") { CommandOptions.Database, Output };
        command.SetAction((parsed, cancellation) => RunAsync(CommandOptions.Settings(parsed).Database, parsed.GetValue(Output), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string database, string? path, CancellationToken cancellation)
    {
        var options = DatabaseOptions.Parse(database);
        if (options.SqliteFile is { } file && !File.Exists(file))
        {
            throw new InvalidInputException("db", $"there is no database {file}; name one that sweeps were trained in, as by \"sweep run PRESET --db FILE\".");
        }

        using var output = path is null ? null : new OutputFile(path);
        var text = await WriteAsync(options, cancellation);
        if (output is null)
        {
            Console.Out.Write(text);
        }
        else
        {
            output.Commit(stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }

        return ExitCode.Success;
    }

    private static async Task<string> WriteAsync(DatabaseOptions options, CancellationToken cancellation)
    {
        await using var services = new ServiceCollection().AddStepsizeData(options).AddSingleton<StoredRunReader>().BuildServiceProvider();
        await services.GetRequiredService<DatabaseSetup>().OpenAsync(cancellation);
        var experiments = await new StoredExperimentReader(services.GetRequiredService<ISweepStore>()).ReadAsync(PresetRegistry.All, cancellation);
        var runs = await services.GetRequiredService<StoredRunReader>().ReadAsync(cancellation);
        return ExperimentsReport.Write(experiments, [.. ProtocolRegistry.All.Select(p => TableComparison.Of(p, runs))]);
    }
}
