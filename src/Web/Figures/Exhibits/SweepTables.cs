using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>One grid of a sweep as tables.</summary>
internal static class SweepTables
{
    /// <summary>What a sweep's view shows, such as <c>test accuracy, %, epoch 5, by b₀, mean of 3 seeds ± 95% interval</c>.</summary>
    public static string Caption(SweepView view, HeatmapGrid grid)
    {
        var seeds = view.Detail.Specification.Seeds.Count;
        return $"{MeasureText.Caption(view.Measure)}, {view.When}, by {SweepView.AxisTitle(grid.Axis)}"
            + (seeds > 1 ? $", mean of {seeds} seeds ± 95% Student t interval" : "") + Warning(view);
    }

    /// <summary>For the end of a caption or a title: that the runs have different origins; empty where they have not.</summary>
    public static string Warning(SweepView view) => view.Mixed is { } mixed ? $". Mixed provenance: different {mixed}" : "";

    /// <summary>The same for every row of a table that programs read, where captions are lost: a column that is there only where origins differ.</summary>
    public static DataTable WithWarning(SweepView view, DataTable data) => view.Mixed is not { } mixed ? data : data with
    {
        Columns = [.. data.Columns, new DataColumn("mixed provenance", ColumnKind.Text)],
        Rows = [.. data.Rows.Select(row => (IReadOnlyList<DataCell>)[.. row, new DataCell(mixed)])],
    };

    /// <summary>Optimizers by axis values, as the heatmap prints them.</summary>
    public static DataTable Wide(SweepView view, HeatmapGrid grid) => new(
        $"{view.Detail.Summary.Name}: {Caption(view, grid)}",
        [new DataColumn("optimizer", ColumnKind.Text), .. grid.Columns.Select(c => new DataColumn($"{SweepView.AxisTitle(grid.Axis)} = {NumberText.Axis(c, grid.Columns)}"))],
        [.. grid.Rows.Select(row => (IReadOnlyList<DataCell>)[new DataCell(view.RowTitles[row.Row]), .. row.Cells.Select(c => new DataCell(Text(view, c), c.Value?.Mean))])]);

    /// <summary>A row for each optimizer and axis value.</summary>
    public static DataTable Long(SweepView view, HeatmapGrid grid) => WithWarning(view, Plain(view, grid));

    private static DataTable Plain(SweepView view, HeatmapGrid grid) => new(
        $"{view.Detail.Summary.Name}: {Caption(view, grid)}",
        [
            new DataColumn("optimizer", ColumnKind.Text), new DataColumn(AxisName(grid)), new DataColumn("measure", ColumnKind.Text), new DataColumn("moment", ColumnKind.Text),
            new DataColumn("mean"), new DataColumn("half width"), new DataColumn("seeds with a value"), new DataColumn("seeds diverged"),
            new DataColumn("seeds failed or cut short"), new DataColumn("seeds pending"),
        ],
        [
            .. grid.Rows.SelectMany(r => r.Cells).Where(c => c.State != CellState.Missing).Select(cell => (IReadOnlyList<DataCell>)[
                new DataCell(view.RowTitles[cell.Row]),
                new DataCell(NumberText.Axis(cell.AxisValue, grid.Columns), cell.AxisValue),
                new DataCell(MeasureText.Title(view.Measure)),
                new DataCell(view.When),
                cell.Value is { } value ? new DataCell(NumberText.Of(view.Measure, value.Mean), value.Mean) : DataCell.Empty,
                cell.Value is { HalfWidth: var half } && double.IsFinite(half) ? new DataCell(NumberText.Spread(view.Measure, half), half) : DataCell.Empty,
                DataCell.Count(cell.Value?.Count ?? 0),
                DataCell.Count(cell.Diverged),
                DataCell.Count(cell.Seeds.Count(s => s.Run.Outcome is RunOutcome.Failed or RunOutcome.CutShort)),
                DataCell.Count(cell.Pending),
            ]),
        ]);

    /// <summary>The name of a grid's axis for programs: <c>b0</c> or <c>lr</c>.</summary>
    public static string AxisName(HeatmapGrid grid) => AxisName(grid.Axis);

    /// <inheritdoc cref="AxisName(HeatmapGrid)"/>
    public static string AxisName(Training.Optimizers.RobustnessAxis axis) => axis == Training.Optimizers.RobustnessAxis.B0 ? "b0" : "lr";

    private static string Text(SweepView view, Cell cell) =>
        CellText.Short(view, cell)
        + (cell.Value is { HalfWidth: var half } && double.IsFinite(half) ? $" ± {NumberText.Spread(view.Measure, half)}" : "")
        + (cell.State == CellState.Measured && cell.Diverged > 0 ? $" ({cell.Diverged} div)" : "");
}
