using System.Globalization;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Forms;

/// <summary>The form of a new sweep, filled for a person's own table.</summary>
internal static class TableDraft
{
    private static readonly string[] Optimizers = ["adagrad-norm", "sgd-constant"];

    /// <returns>Null where there is no such table, or it cannot be trained on.</returns>
    public static SweepDraft? Of(string table, DatasetFolders folders)
    {
        try
        {
            var reading = OwnTables.Describe(folders, table);
            var workload = WorkloadRegistry.Find(TableText.Workload(reading))!;
            var draft = new SweepDraft(workload) { Name = $"{workload.Title}: {table}" };
            draft.WorkloadOptions.Set(OptionSet.Resolve(workload.Options, TableText.Options(table, reading), "workloadOptions", new FaultList()));
            draft.BatchSize = Math.Min(workload.DefaultBatchSize, draft.WorkloadOptions["trainRows"] is var rows ? int.Parse(rows, CultureInfo.InvariantCulture) : 1).ToString(CultureInfo.InvariantCulture);
            draft.Rows.AddRange(Optimizers.Select(OptimizerRegistry.Find).OfType<OptimizerDefinition>().Select(o => new RowDraft(o)));
            return draft;
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }
}
