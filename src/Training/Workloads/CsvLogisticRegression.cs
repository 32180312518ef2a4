using System.Numerics;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>Logistic regression with biases on a person's own table: each different value of the target is a class.</summary>
public sealed class CsvLogisticRegression : TableWorkload
{
    public override string Id => "csv-logreg";

    public override string Title => "Logistic regression on your own table";

    public override string Summary => "Predicts a column of classes of a CSV file from columns of numbers.";

    /// <exception cref="InvalidInputException">As for every table; or the target has one value only, or too many.</exception>
    public override bool HasNetwork => true;

    public override Problem Prepare(OptionSet options, DatasetFolders datasets)
    {
        var (table, checksums) = Load(options, datasets);
        var classes = Classes(table);
        var network = new Network([table.Features.Columns.Count], [new Linear(classes.Count)], new SoftmaxCrossEntropy());
        var train = options.Integer("trainRows");
        return Workloads.Precision.IsDouble(options, network.Parameters.Length)
            ? Build<double>(network, table, classes, train, checksums)
            : Build<float>(network, table, classes, train, checksums);
    }

    private static NetworkProblem<T> Build<T>(
        Network network, CsvTable table, Dictionary<string, int> classes, int train, IReadOnlyDictionary<string, string> checksums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var inputs = Array.ConvertAll(table.Features.Values, T.CreateTruncating);
        var labels = Array.ConvertAll(table.Targets, t => classes[t]);
        var cut = train * table.Features.Columns.Count;
        return new NetworkProblem<T>(
            network,
            SupervisedSet<T>.Classification(train, inputs.AsMemory(0, cut), labels.AsMemory(0, train)),
            SupervisedSet<T>.Classification(labels.Length - train, inputs.AsMemory(cut), labels.AsMemory(train)),
            checksums);
    }

    /// <summary>That numbers would become a class each.</summary>
    public override IReadOnlyList<string> Remarks(OptionSet options, DatasetFolders datasets) =>
        Target(options, datasets) is { } target && TableRemarks.AsClasses(target) is { } sentence ? [sentence] : [];

    private protected override void CheckTarget(TableColumn target, FaultList faults)
    {
        if (target.Values is not (>= 2 and <= TableColumn.MostValues))
        {
            faults.Add("workloadOptions.target", FormattableString.Invariant(
                $"the column \"{target.Name}\" has {(target.Values is { } n ? n : $"more than {TableColumn.MostValues}")} different values; classes must be 2 to {TableColumn.MostValues}. Choose another target, or csv-linear for numbers."));
        }
    }

    /// <summary>Numbers for the classes, in the order of their values as numbers where all are such, else of their names.</summary>
    private static Dictionary<string, int> Classes(CsvTable table)
    {
        var names = table.Targets.Distinct(StringComparer.Ordinal).ToArray();
        var ordered = table.Target.Kind == ColumnKind.Number
            ? names.OrderBy(table.Number).ThenBy(n => n, StringComparer.Ordinal)
            : names.Order(StringComparer.Ordinal);
        return ordered.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
    }
}
