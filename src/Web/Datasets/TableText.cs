using System.Text.Json.Nodes;
using Stepsize.Training.Datasets.Tables;

namespace Stepsize.Web.Datasets;

/// <summary>A proposal for training on a person's own table.</summary>
internal static class TableText
{
    /// <summary>Workload options: the last column as target, all numeric ones as features, four fifths of the rows for training.</summary>
    public static JsonObject Options(TableSummary table)
    {
        var target = table.Columns[^1];
        var test = Math.Max(1, table.Rows / 5);
        return new JsonObject
        {
            ["file"] = table.Name,
            ["target"] = target,
            ["features"] = string.Join(", ", table.NumericColumns.Where(c => c != target)),
            ["trainRows"] = Math.Max(1, table.Rows - test),
            ["testRows"] = test,
        };
    }
}
