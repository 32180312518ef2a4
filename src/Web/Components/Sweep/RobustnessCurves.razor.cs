using System.Text;
using Microsoft.AspNetCore.Components;
using Stepsize.Training.Analysis;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Sweep;

/// <summary>Lines of one grid, drawn on the server.</summary>
public sealed partial class RobustnessCurves
{
    private const int Width = 940;
    private const int Height = 340;
    private const int Left = 62;
    private const int Right = Width - 14;
    private const int Top = 10;
    private const int Bottom = Height - 48;

    private readonly List<Line> _lines = [];
    private AxisScale _x = null!;
    private AxisScale _y = null!;

    [Parameter, EditorRequired]
    public required SweepView View { get; set; }

    [Parameter, EditorRequired]
    public required HeatmapGrid Grid { get; set; }

    /// <summary>Where the initial stepsize is 2/L; null where that is not known.</summary>
    [Parameter]
    public StabilityMarks? Marks { get; set; }

    /// <summary>The cell that the address names, as <c>row-column</c>.</summary>
    [Parameter]
    public string? Chosen { get; set; }

    /// <summary>Lines of theory within the axis, and where their labels stand: below each other, for they may be close.</summary>
    private IEnumerable<(StabilityLine Line, double Value, int Height)> LinesInside =>
        from line in Marks?.Lines ?? []
        from value in line.Values
        where value >= Grid.Columns[0] && value <= Grid.Columns[^1]
        select (line, value, ((Top + Bottom) / 2) + (line.IsOfBatches ? 20 : 0));

    protected override void OnParametersSet()
    {
        _x = AxisScale.Logarithmic(Grid.Columns[0], Grid.Columns[^1], Left + 12, Right - 12);
        _y = ValueAxis();
        _lines.Clear();
        foreach (var row in Grid.Rows)
        {
            _lines.Add(Draw(row, _lines.Count(l => l.Diverged.Count > 0)));
        }
    }

    private bool IsChosen(int row, int column) => Chosen is not null && Chosen == CellPlace.Slug(row, column);

    private bool IsLeft(double value) => _x.At(value) < (Left + Right) * 0.75;

    private static string P(double position) => NumberText.Css(position);

    private AxisScale ValueAxis()
    {
        if (Grid.Range() is not { } range)
        {
            return AxisScale.Linear(0, 1, Bottom - 6, Top + 6);
        }

        if (range.IsLogarithmic)
        {
            return AxisScale.Logarithmic(range.Low, range.High, Bottom - 6, Top + 6);
        }

        // Per cent are what the ticks say.
        var factor = View.Measure.IsAccuracy() ? 100 : 1;
        return AxisScale.Linear(range.Low * factor, range.High * factor, Bottom - 6, Top + 6);
    }

    private double Y(double value) =>
        Math.Clamp(_y.At(_y.IsLogarithmic ? Math.Max(value, double.Epsilon) : View.Measure.IsAccuracy() ? 100 * value : value), Top, Bottom);

    /// <param name="lane">Crosses of several rows stand above each other.</param>
    private Line Draw(HeatmapRow row, int lane)
    {
        var stretches = new List<string>();
        var points = new List<(double X, double Y, int Column)>();
        var stretch = new StringBuilder();
        var (upper, lower) = (new List<string>(), new List<string>());
        var values = View.Detail.Specification.Optimizers[row.Row].Values;

        // Columns that other rows alone have are passed over; a value of its own without a run breaks the line.
        foreach (var (cell, column) in row.Cells.Select((c, i) => (c, i)).Where(c => c.c.State != CellState.Missing || values.Contains(c.c.AxisValue)))
        {
            if (cell.Value is not { } value)
            {
                // A line does not cross a cell without a value.
                Close(stretches, stretch);
                continue;
            }

            var (x, y) = (_x.At(cell.AxisValue), Y(value.Mean));
            points.Add((x, y, column));
            stretch.Append($"{P(x)},{P(y)} ");
            var half = double.IsFinite(value.HalfWidth) ? value.HalfWidth : 0;
            upper.Add($"{P(x)},{P(Y(value.Mean + half))}");
            lower.Add($"{P(x)},{P(Y(value.Mean - half))}");
        }

        Close(stretches, stretch);
        lower.Reverse();
        var hasBand = stretches.Count == 1 && row.Cells.Any(c => c.Value is { } value && double.IsFinite(value.HalfWidth));
        return new Line(
            row.Row, lane, stretches, points, hasBand ? string.Join(' ', [.. upper, .. lower]) : "",
            [.. row.Cells.Select((c, i) => (c, i)).Where(c => c.c.Diverged > 0).Select(c => (_x.At(c.c.AxisValue), c.i))]);
    }

    private static void Close(List<string> stretches, StringBuilder stretch)
    {
        if (stretch.Length > 0)
        {
            stretches.Add(stretch.ToString());
            stretch.Clear();
        }
    }

    private sealed record Line(
        int Row, int Lane, IReadOnlyList<string> Stretches, IReadOnlyList<(double X, double Y, int Column)> Points, string Band, IReadOnlyList<(double X, int Column)> Diverged);
}
