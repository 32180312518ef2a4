using Stepsize.Training.Analysis;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>The measure of each optimizer against its axis, with intervals over seeds.</summary>
internal static class RobustnessExhibit
{
    /// <param name="marks">Where the initial stepsize is 2/L; null where that is not known.</param>
    public static Exhibit Of(SweepView view, HeatmapGrid grid, StabilityMarks? marks)
    {
        var axis = SweepView.AxisTitle(grid.Axis);
        var caption = SweepTables.Caption(view, grid) + (CellText.Beyond(view, grid) is { Length: > 0 } beyond ? $". {beyond}" : "");
        var figure = new LineFigure
        {
            Title = view.Detail.Summary.Name,
            Caption = caption,
            Description = $"Lines of {MeasureText.Title(view.Measure)}, {view.When}, over {grid.Columns.Count} values of {axis} from {NumberText.Axis(grid.Columns[0], grid.Columns)} to "
                + $"{NumberText.Axis(grid.Columns[^1], grid.Columns)}, one for each of {grid.Rows.Count} optimizers. The numbers are in the table of the same data.",
            X = new FigureAxis(axis, grid.Columns[0], grid.Columns[^1], IsLogarithmic: true),
            Y = ValueAxis(view, grid),
            Lines = [.. grid.Rows.Select(row => Line(view, row))],
            Marks = 
            [
                .. from line in marks?.Lines ?? []
                   from value in line.Values
                   where value >= grid.Columns[0] && value <= grid.Columns[^1]
                   select new FigureMark(value, line.Label, line.IsOfBatches),
            ],
        };
        return new Exhibit(
            Exhibit.Slug(view.Detail.Summary.Name, "curves", SweepTables.AxisName(grid), MeasureText.Slug(view.Measure), view.WhenSlug),
            LineFigureSvg.Render(figure),
            SweepTables.Wide(view, grid),
            SweepTables.Long(view, grid));
    }

    /// <summary>Per cent are what the ticks say.</summary>
    private static double Factor(SweepView view) => view.Measure.IsAccuracy() ? 100 : 1;

    private static FigureAxis ValueAxis(SweepView view, HeatmapGrid grid)
    {
        var title = MeasureText.Caption(view.Measure);
        return grid.Range() is not { } range ? new FigureAxis(title, 0, 1, false)
            : range.IsLogarithmic ? new FigureAxis(title, range.Low, range.High, true)
            : new FigureAxis(title, range.Low * Factor(view), range.High * Factor(view), false);
    }

    private static FigureLine Line(SweepView view, HeatmapRow row)
    {
        var stretches = new List<IReadOnlyList<FigurePoint>>();
        var stretch = new List<FigurePoint>();
        foreach (var cell in row.Cells.Where(c => c.State != CellState.Missing))
        {
            if (cell.Value is { } value)
            {
                var (mean, half) = (value.Mean * Factor(view), value.HalfWidth * Factor(view));
                stretch.Add(new FigurePoint(cell.AxisValue, mean, mean - half, mean + half));
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

        return new FigureLine(view.RowTitles[row.Row], row.Row, stretches, [.. row.Cells.Where(c => c.Diverged > 0).Select(c => c.AxisValue)], HasMarkers: true);
    }
}
