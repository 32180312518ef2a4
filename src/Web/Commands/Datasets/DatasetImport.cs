using System.CommandLine;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Web.Datasets;

namespace Stepsize.Web.Commands.Datasets;

/// <summary><c>datasets import</c>: brings in files that a person has; <c>datasets import csv</c> a table of any kind.</summary>
internal static class DatasetImport
{
    private const string OwnTable = "csv";

    public static Command Create()
    {
        var id = DatasetCommand.Id($"Which one (\"datasets list\" names them), or {OwnTable} for a table of your own.");
        var path = new Argument<string>("PATH") { Description = "A folder, an archive (.tar, .tar.gz, .tgz, .zip) or a file." };
        var name = new Option<string?>("--name") { Description = $"What to call a table of your own; the file's name by default. For {OwnTable} only.", HelpName = "NAME" };
        var command = new Command("import", "Checks files that you have and copies them into the data folder.") { id, path, name, CommandOptions.Data };
        command.SetAction((parsed, cancellation) => parsed.GetRequiredValue(id) == OwnTable
            ? Task.FromResult(ImportTable(parsed.GetRequiredValue(path), parsed.GetValue(name), DatasetCommand.Target(parsed)))
            : RunAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(path), parsed.GetValue(name), DatasetCommand.Target(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string id, string path, string? name, string root, CancellationToken cancellation)
    {
        var dataset = DatasetCommand.Find(id);
        if (name is not null)
        {
            throw new InvalidInputException("--name", $"is for tables of your own; {id} has its own file names. Leave it out.");
        }

        var located = await AcquisitionDisplay.RunAsync(progress => DatasetImporter.ImportAsync(dataset, path, root, progress, cancellation));
        Console.WriteLine($"{dataset.Title} is in {located.Root}.");
        return ExitCode.Success;
    }

    private static int ImportTable(string path, string? name, string root)
    {
        var table = OwnTables.Import(path, name, root);
        Console.WriteLine($"{table.Name} is in {Path.Combine(root, OwnTables.Folder)}: {table.Rows} rows; columns {string.Join(", ", table.Columns)}.");
        Console.WriteLine($"Train on it with the workload csv-linear or csv-logreg and workloadOptions {TableText.Options(table).ToJsonString()}");
        return ExitCode.Success;
    }
}
