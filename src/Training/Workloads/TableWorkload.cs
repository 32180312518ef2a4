using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Workloads;

/// <summary>
/// A linear model on a person's own CSV file. How many rows are trained and tested on is an option and no property of the file, so that a
/// configuration says all that determines a run's length; a file with fewer rows is refused.
/// </summary>
public abstract class TableWorkload : Workload
{
    /// <summary>Features assumed for estimates where the columns are not named.</summary>
    private const int AssumedFeatures = 16;

    public override string Source => "your own data";

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
    [
        OptionDefinition.Text("file", "table.csv", "Name of a CSV file in the folder tables; \"datasets import csv PATH\" puts one there."),
        OptionDefinition.Text("target", "", "Column to predict; the last one where this is empty."),
        OptionDefinition.Text("features", "", "Columns to learn from, separated by commas, numbers only; all but the target where this is empty."),
        OptionDefinition.Integer("trainRows", 100, "Rows to train on, drawn from the file.", 1, 50_000_000),
        OptionDefinition.Integer("testRows", 20, "Rows to test on, others than those trained on.", 1, 50_000_000),
        OptionDefinition.Integer("splitSeed", 0, "Seed that decides which rows are which.", 0),
        OptionDefinition.Flag("standardise", true, "Whether columns are shifted and scaled to mean 0 and deviation 1 over the training rows."),
    ];

    protected override OptionDefinition Precision => Workloads.Precision.DoubleOfTables;

    public override int DefaultBatchSize => 10;

    public override int DefaultEpochs => 20;

    public override WorkloadSize Measure(OptionSet options)
    {
        var parameters = (FeatureNames(options) is [_, ..] names ? names.Length : AssumedFeatures) + 1;
        var (train, test) = (options.Integer("trainRows"), options.Integer("testRows"));
        return new WorkloadSize(parameters, train, train + test, parameters, 0);
    }

    /// <summary>The rows to train on, then those to test on, and the checksum of their file by name.</summary>
    /// <exception cref="InvalidInputException">The file is not there, is no such table, or has too few rows.</exception>
    private protected static (CsvTable Table, string Path, IReadOnlyDictionary<string, string> Checksums) Load(OptionSet options, DatasetFolders datasets)
    {
        var name = options.Text("file");
        var (path, content) = OwnTables.Read(datasets, name);
        var table = CsvTable.Parse(path, content, options.Text("target").Trim(), FeatureNames(options));
        var (train, needed) = (options.Integer("trainRows"), (long)options.Integer("trainRows") + options.Integer("testRows"));
        if (needed > table.Targets.Length)
        {
            throw new InvalidInputException(
                "workloadOptions.trainRows", $"{train} rows to train on and {options.Integer("testRows")} to test on are more than the {table.Targets.Length} of {name}; give fewer.");
        }

        var order = ShuffledOrder.Of(table.Targets.Length, options.Integer("splitSeed"))[..(int)needed];
        var columns = table.Features.Columns.Count;
        double[] values = [.. order.SelectMany(i => table.Features.Values.AsSpan(i * columns, columns).ToArray())];
        var features = table.Features with { Values = values };
        var chosen = new CsvTable(options.Flag("standardise") ? features.Standardised(train) : features, table.TargetName, Array.ConvertAll(order, i => table.Targets[i]));
        return (chosen, path, new Dictionary<string, string>(StringComparer.Ordinal) { [name] = BoundedFile.Checksum(content) });
    }

    private static string[] FeatureNames(OptionSet options) =>
        options.Text("features").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
