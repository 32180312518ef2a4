using System.CommandLine;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Commands.Datasets;

/// <summary>
/// <c>datasets import</c>: brings in files that a person has; <c>datasets import csv</c> a table of any kind, <c>datasets import weights</c> pretrained weights.
/// </summary>
internal static class DatasetImport
{
    private const string OwnTable = "csv";
    private const string Weights = "weights";

    public static Command Create()
    {
        var id = DatasetCommand.Id($"Which one (\"datasets list\" names them), {OwnTable} for a table of your own, or {Weights} for pretrained weights.");
        var path = new Argument<string>("PATH") { Description = "A folder, an archive (.tar, .tar.gz, .tgz, .zip) or a file; for weights a safetensors or npz file." };
        var options = new TableOptions();
        var command = new Command("import", "Checks files that you have and copies them into the data folder.")
        {
            id, path, CommandOptions.Data, CommandOptions.Database, WeightCommands.For,
        };
        foreach (var option in options.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => RunAsync(parsed, parsed.GetRequiredValue(id), parsed.GetRequiredValue(path), options, cancellation));
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed, string id, string path, TableOptions options, CancellationToken cancellation)
    {
        IReadOnlyList<string> given = [.. options.Given(parsed)];
        if (id == Weights)
        {
            return WeightCommands.ImportAsync(parsed, path, options, given, DatasetCommand.Target(parsed), cancellation);
        }

        if (parsed.GetResult(WeightCommands.For) is { Implicit: false })
        {
            throw new InvalidInputException(WeightCommands.For.Name, "is for weights alone. Leave it out.");
        }

        return id == OwnTable
            ? TableCommands.ImportAsync(parsed, path, options, cancellation)
            : RunAsync(id, path, given, DatasetCommand.Target(parsed), cancellation);
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
