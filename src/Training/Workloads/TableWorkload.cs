using Stepsize.Training.Datasets;
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
        OptionDefinition.Text("file", "table.csv", "Name of a table of your own, brought in on the page of the datasets or with \"datasets import csv FILE\"."),
        OptionDefinition.Text("target", "", "Column to predict; the one chosen at import where this is empty."),
        OptionDefinition.Text("features", "", "Columns to learn from, separated by commas, a name with a comma in quotation marks; those chosen at import where this is empty."),
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
        var parameters = (FeatureNames(options) is [_, ..] names ? names.Count : AssumedFeatures) + 1;
        var (train, test) = (options.Integer("trainRows"), options.Integer("testRows"));
        return new WorkloadSize(parameters, train, train + test, parameters, 0) { Tensors = 2 };
    }

    /// <summary>The numbers as they are read, in the order of the split, and as training takes them.</summary>
    public override MemoryNeed EstimateMemory(OptionSet options, int batchSize)
    {
        var rows = (long)options.Integer("trainRows") + options.Integer("testRows");
        var features = FeatureNames(options) is [_, ..] names ? names.Count : AssumedFeatures;
        return new MemoryNeed(3.0 * sizeof(double) * rows * (features + 1), $"{rows} rows of {features} features");
    }

    public override string DataVersion(OptionSet options, DatasetFolders datasets) => string.Join(' ', CurrentChecksums(options, datasets).Values);

    public override IReadOnlyDictionary<string, string> CurrentChecksums(OptionSet options, DatasetFolders datasets)
    {
        var name = options.Text("file");
        return OwnTables.Checksums(name, OwnTables.Open(datasets, name).Reading);
    }

    /// <summary>
    /// Whether the table is there and can be trained on with these options: by what was found out when it was imported, so that nobody has to wait. The target's
    /// kind is the workload's to judge.
    /// </summary>
    public override void CheckData(OptionSet options, DatasetFolders datasets, FaultList faults)
    {
        try
        {
            var reading = OwnTables.Describe(datasets, options.Text("file"));
            if (Check(options, reading, faults) is { } use)
            {
                CheckTarget(reading.Columns[use.Target], faults);
                CheckRows(options, IsAsImported(use, reading) ? reading.UsableRows : reading.Rows, faults);
            }
        }
        catch (InvalidInputException e)
        {
            foreach (var fault in e.Faults)
            {
                faults.Add(fault.Field, fault.Message);
            }
        }
    }

    /// <summary>Adds a fault where the workload cannot predict the column.</summary>
    private protected abstract void CheckTarget(TableColumn target, FaultList faults);

    /// <summary>The rows to train on, then those to test on, and the checksums of their file and its reading by name.</summary>
    /// <exception cref="InvalidInputException">The table is not there, cannot be trained on with these options, or has too few rows.</exception>
    private protected (CsvTable Table, IReadOnlyDictionary<string, string> Checksums) Load(OptionSet options, DatasetFolders datasets)
    {
        var name = options.Text("file");
        var (source, reading) = OwnTables.Open(datasets, name);
        var faults = new FaultList();
        var use = Check(options, reading, faults);
        if (use is not null)
        {
            CheckTarget(reading.Columns[use.Target], faults);
        }

        faults.ThrowIfAny();
        var table = CsvTable.Load(source, reading, use!);
        CheckRows(options, table.Targets.Length, faults);
        faults.ThrowIfAny();
        return (Split(table, options), OwnTables.Checksums(name, reading));
    }

    /// <summary>The column to predict; null where it is not known.</summary>
    private protected static TableColumn? Target(OptionSet options, DatasetFolders datasets)
    {
        try
        {
            var reading = OwnTables.Describe(datasets, options.Text("file"));
            return Check(options, reading, new FaultList()) is { } use ? reading.Columns[use.Target] : null;
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }

    private static CsvTable Split(CsvTable table, OptionSet options)
    {
        var train = options.Integer("trainRows");
        var order = ShuffledOrder.Of(table.Targets.Length, options.Integer("splitSeed"))[..(train + options.Integer("testRows"))];
        var columns = table.Features.Columns.Count;
        var values = new double[order.Length * columns];
        for (var i = 0; i < order.Length; i++)
        {
            table.Features.Values.AsSpan(order[i] * columns, columns).CopyTo(values.AsSpan(i * columns));
        }

        var features = (table.Features with { Values = values }).Completed(train);
        return table with
        {
            Features = options.Flag("standardise") ? features.Standardised(train) : features,
            Targets = Array.ConvertAll(order, i => table.Targets[i]),
        };
    }

    private static TableUse? Check(OptionSet options, TableReading reading, FaultList faults) => TableCheck.Check(
        reading, options.Text("target").Trim() is { Length: > 0 } target ? target : null, FeatureNames(options) is [_, ..] names ? names : null, faults, "workloadOptions.");

    /// <summary>Whether the columns are those for which rows were counted at import.</summary>
    private static bool IsAsImported(TableUse use, TableReading reading) =>
        use.Target == reading.Find(reading.Target) && use.Features.SequenceEqual(reading.Features.Select(reading.Find));

    private static void CheckRows(OptionSet options, int rows, FaultList faults)
    {
        var (train, test) = (options.Integer("trainRows"), options.Integer("testRows"));
        if ((long)train + test > rows)
        {
            faults.Add("workloadOptions.trainRows", FormattableString.Invariant(
                $"{train} rows to train on and {test} to test on are more than the {rows} of {options.Text("file")}; give fewer."));
        }
    }

    private static IReadOnlyList<string> FeatureNames(OptionSet options) => ColumnList.Read(options.Text("features"));
}
