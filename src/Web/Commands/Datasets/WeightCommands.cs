using System.CommandLine;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Faults;
using Stepsize.Training.Workloads.Vision.Pretrained;
using Stepsize.Web.Api.Registries;

namespace Stepsize.Web.Commands.Datasets;

/// <summary><c>datasets import weights</c> and <c>datasets weights</c>: pretrained weights that people bring.</summary>
internal static class WeightCommands
{
    public static Option<string?> For { get; } = new("--for")
    {
        Description = $"Network that weights are for: {Ids}; {WeightsTargets.All[0].Id} by default. For weights only.",
        HelpName = "NETWORK",
    };

    private static string[] Columns => ["weights", "for", "from", "SHA-256", "remarks"];

    private static string Ids => string.Join(", ", WeightsTargets.All.Select(t => t.Id));

    public static Command CreateList()
    {
        var command = ListCommand.Create(
            "weights",
            "Lists the pretrained weights that were imported, and what they are for.",
            Read,
            Columns,
            Row,
            w => RegistryJson.Of(w));
        command.Add(CommandOptions.Data);
        return command;
    }

    /// <summary>The weights that there are, below the list of datasets; nothing where there are none.</summary>
    public static void WriteList(ParseResult parsed)
    {
        if (Read(parsed) is { Count: > 0 } weights)
        {
            Console.WriteLine("Pretrained weights:");
            ListCommand.Write(weights, Columns, Row);
        }
    }

    private static IReadOnlyList<WeightsListing> Read(ParseResult parsed) => WeightsListing.Read(DatasetFolders.Standard(CommandOptions.Settings(parsed).DataFolder));

    private static string[] Row(WeightsListing weights) => weights.Entry is { } entry
        ? [weights.Name, entry.Target, entry.Source, $"{entry.Checksum[..8]}…", string.Join(' ', entry.Remarks)]
        : [weights.Name, "", "", "", weights.Fault!];

    /// <param name="given">Options of the command line that are for tables.</param>
    public static async Task<int> ImportAsync(ParseResult parsed, string path, TableOptions options, IReadOnlyList<string> given, string root, CancellationToken cancellation)
    {
        var wanted = parsed.GetValue(For) ?? WeightsTargets.All[0].Id;
        var target = WeightsTargets.Find(wanted) ?? throw new InvalidInputException("--for", $"\"{wanted}\" is unknown; allowed: {Ids}.");
        string[] ours = [options.Name.Name, options.Replace.Name, options.Preview.Name];
        if (given.FirstOrDefault(g => !ours.Contains(g, StringComparer.Ordinal)) is { } other)
        {
            throw new InvalidInputException(other, "is for tables of your own, and not for weights. Leave it out.");
        }

        var name = parsed.GetValue(options.Name) ?? target.Id;
        WeightsName.Require(name, options.Name.Name);
        if (parsed.GetValue(options.Preview))
        {
            Remark((await Task.Run(() => PretrainedWeights.Preview(path, target), cancellation)).Remarks);
            Console.WriteLine($"It can be imported as {name}, for {target.Title}.");
            return ExitCode.Success;
        }

        AbandonedImports.Clear(new DatasetFolders([root]));
        var replace = parsed.GetValue(options.Replace);
        if (!replace && PretrainedWeights.Exists(root, name))
        {
            throw new InvalidInputException("", $"There are weights {name} already; runs that started from them keep their results. Give --replace to replace them, or another name with --name.");
        }

        var entry = await PretrainedWeights.ImportAsync(path, name, target, root, replace, cancellation);
        Remark(entry.Remarks);
        Console.WriteLine($"{name} is in {Path.Combine(root, PretrainedWeights.Folder)} (SHA-256 {entry.Checksum}).");
        Console.WriteLine($"Train from it with the workload {target.Workload} and workloadOptions {{\"weights\":\"{name}\"}}");
        return ExitCode.Success;
    }

    private static void Remark(IReadOnlyList<string> remarks)
    {
        foreach (var remark in remarks)
        {
            Console.WriteLine($"- {remark}");
        }
    }
}
