using System.Numerics;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads.Regression;

namespace Stepsize.Training.Workloads;

/// <summary>Linear regression with a bias on a person's own table; the loss is half the mean square, the target standardised like the features.</summary>
public sealed class CsvLinear : TableWorkload
{
    public override string Id => "csv-linear";

    public override string Title => "Linear regression on your own table";

    public override string Summary => "Predicts a column of numbers of a CSV file from other columns.";

    public override Problem Prepare(OptionSet options, DatasetFolders datasets)
    {
        var (table, checksums) = Load(options, datasets);
        var train = options.Integer("trainRows");
        var targets = new NumberTable([table.Target.Name], Array.ConvertAll(table.Targets, table.Number));
        targets = options.Flag("standardise") ? targets.Standardised(train) : targets;
        return Workloads.Precision.IsDouble(options, table.Features.Columns.Count + 1)
            ? Build<double>(table.Features, targets, train, checksums)
            : Build<float>(table.Features, targets, train, checksums);
    }

    private protected override void CheckTarget(TableColumn target, FaultList faults)
    {
        if (target.Kind == ColumnKind.Text)
        {
            faults.Add("workloadOptions.target", $"the column \"{target.Name}\" is text, and {Id} predicts numbers; choose another target, or csv-logreg, which predicts classes.");
        }
    }

    private static LeastSquaresProblem<T> Build<T>(NumberTable features, NumberTable targets, int train, IReadOnlyDictionary<string, string> checksums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var columns = features.Columns.Count;
        var data = AffineColumns.Build<T>(train, columns, (i, j) => features[i, j], i => targets[i, 0]);
        return new LeastSquaresProblem<T>(data, seed => AffineColumns.Initialise(seed, columns))
        {
            Layout = AffineColumns.Layout(columns),
            Test = AffineColumns.Build<T>(features.Rows - train, columns, (i, j) => features[train + i, j], i => targets[train + i, 0]),
            Checksums = checksums,
        };
    }
}
