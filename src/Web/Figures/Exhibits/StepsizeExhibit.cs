using Stepsize.Training.Analysis;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>Effective stepsize of each optimizer against its axis, both logarithmic, with smallest and largest seed as a band.</summary>
internal static class StepsizeExhibit
{
    public static Exhibit Of(StepsizeView view, StepsizeGrid grid) => new(
        Exhibit.Slug(view.View.Detail.Summary.Name, "stepsize-against", SweepTables.AxisName(grid.Axis), view.Window.Slug, view.Center.ToString()),
        LineFigureSvg.Render(Figure(view, grid)),
        Wide(view, grid),
        Long(view, grid));

    /// <summary>The picture, for files and for the page.</summary>
    public static LineFigure Figure(StepsizeView view, StepsizeGrid grid)
    {
        var axis = SweepView.AxisTitle(grid.Axis);
        var (low, high) = grid.Range ?? (0.1, 10);
        return new LineFigure
        {
            Title = view.View.Detail.Summary.Name,
            Caption = Caption(view, grid),
            Description = $"Lines of the effective stepsize, {view.When}, over {grid.Columns.Count} values of {axis} from {NumberText.Axis(grid.Columns[0])} to "
                + $"{NumberText.Axis(grid.Columns[^1])}, one for each of {grid.Rows.Count} optimizers. The numbers are in the table of the same data.",
            X = new FigureAxis(axis, grid.Columns[0], grid.Columns[^1], IsLogarithmic: true),
            Y = new FigureAxis("effective stepsize", low, high, IsLogarithmic: true),
            Lines = [.. grid.Rows.Select(row => Line(view, row.Row, [.. row.Cells.OfType<StepsizeCell>()]))],
        };
    }

    private static string Caption(StepsizeView view, StepsizeGrid grid) =>
        $"Effective stepsize, {view.When}, by {SweepView.AxisTitle(grid.Axis)}" + (view.View.Detail.Specification.Seeds.Count > 1 ? "; band from the smallest to the largest seed" : "");

    private static FigureLine Line(StepsizeView view, int row, IReadOnlyList<StepsizeCell> cells)
    {
        var stretches = new List<IReadOnlyList<FigurePoint>>();
        var stretch = new List<FigurePoint>();
        foreach (var cell in cells)
        {
            if (cell.Center > 0)
            {
                stretch.Add(cell.Seeds > 1 ? new FigurePoint(cell.AxisValue, cell.Center, cell.Low, cell.High) : new FigurePoint(cell.AxisValue, cell.Center));
            }
            else if (stretch.Count > 0)
            {
                // A line does not cross a cell without a value.
                stretches.Add(stretch);
                stretch = [];
            }
        }

        if (stretch.Count > 0)
        {
            stretches.Add(stretch);
        }

        return new FigureLine(view.View.RowTitles[row], row, stretches, [.. cells.Where(c => c.Diverged > 0).Select(c => c.AxisValue)], HasMarkers: true);
    }

    private static DataTable Wide(StepsizeView view, StepsizeGrid grid) => new(
        $"{view.View.Detail.Summary.Name}: {Caption(view, grid)}",
        [new DataColumn("optimizer", ColumnKind.Text), .. grid.Columns.Select(c => new DataColumn($"{SweepView.AxisTitle(grid.Axis)} = {NumberText.Axis(c)}"))],
        [.. grid.Rows.Select(row => (IReadOnlyList<DataCell>)[new DataCell(view.View.RowTitles[row.Row]), .. row.Cells.Select(c => c is null ? DataCell.Empty : new DataCell(StepsizeText.Short(c), Finite(c.Center)))])]);

    private static DataTable Long(StepsizeView view, StepsizeGrid grid) => new(
        $"{view.View.Detail.Summary.Name}: {Caption(view, grid)}",
        [
            new DataColumn("optimizer", ColumnKind.Text), new DataColumn(SweepTables.AxisName(grid.Axis)), new DataColumn("first iteration"), new DataColumn("last iteration"),
            new DataColumn($"effective stepsize, {view.Center.ToString().ToLowerInvariant()} over seeds"), new DataColumn("smallest seed"), new DataColumn("largest seed"),
            new DataColumn("seeds with a value"), new DataColumn("seeds diverged"), new DataColumn("seeds that did not come so far"),
        ],
        [
            .. grid.Cells.Select(cell => (IReadOnlyList<DataCell>)[
                new DataCell(view.View.RowTitles[cell.Row]), new DataCell(NumberText.Axis(cell.AxisValue), cell.AxisValue),
                DataCell.Count(view.Window.First), DataCell.Count(view.Window.Last),
                Number(cell.Center), Number(cell.Low), Number(cell.High),
                DataCell.Count(cell.Seeds), DataCell.Count(cell.Diverged), DataCell.Count(cell.Missing),
            ]),
        ]);

    private static DataCell Number(double value) => double.IsFinite(value) ? new DataCell(NumberText.Short(value), value) : DataCell.Empty;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
