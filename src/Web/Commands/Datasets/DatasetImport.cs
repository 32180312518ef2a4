using System.CommandLine;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Commands.Datasets;

/// <summary><c>datasets import</c>: brings in files that a person has; <c>datasets import csv</c> a table of any kind.</summary>
internal static class DatasetImport
{
    private const string OwnTable = "csv";

    public static Command Create()
    {
        var id = DatasetCommand.Id($"Which one (\"datasets list\" names them), or {OwnTable} for a table of your own.");
        var path = new Argument<string>("PATH") { Description = "A folder, an archive (.tar, .tar.gz, .tgz, .zip) or a file." };
        var options = new TableOptions();
        var command = new Command("import", "Checks files that you have and copies them into the data folder.") { id, path, CommandOptions.Data, CommandOptions.Database };
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => parsed.GetRequiredValue(id) == OwnTable
            ? TableCommands.ImportAsync(parsed, parsed.GetRequiredValue(path), options, cancellation)
            : RunAsync(parsed.GetRequiredValue(id), parsed.GetRequiredValue(path), [.. options.Given(parsed)], DatasetCommand.Target(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string id, string path, IReadOnlyList<string> given, string root, CancellationToken cancellation)
    {
        var dataset = DatasetCommand.Find(id);
        if (given.Count > 0)
        {
            throw new InvalidInputException(given[0], $"is for tables of your own; {id} has its own file names. Leave it out.");
        }

        AbandonedImports.Clear(new Training.Datasets.DatasetFolders([root]));
        var located = await AcquisitionDisplay.RunAsync(progress => DatasetImporter.ImportAsync(dataset, path, root, progress, cancellation));
        Console.WriteLine($"{dataset.Title} is in {located.Root}.");
        return ExitCode.Success;
    }
}
