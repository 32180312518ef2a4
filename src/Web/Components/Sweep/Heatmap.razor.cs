using Microsoft.AspNetCore.Components;
using Stepsize.Training.Analysis;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Sweep;

/// <summary>One grid of a sweep as a table.</summary>
public sealed partial class Heatmap
{
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

    /// <summary>Many columns leave room for a digit or two.</summary>
    private bool IsNarrow => Grid.Columns.Count > 14;

    /// <summary>The cell that the tab key reaches; arrow keys do the rest.</summary>
    private Cell? First => Grid.Rows.SelectMany(r => r.Cells).FirstOrDefault(c => c.Seeds.Count > 0);

    private string Caption
    {
        get
        {
            var seeds = View.Detail.Specification.Seeds.Count;
            var spread = seeds > 1 ? $", mean of {seeds} seeds ± 95% interval" : "";
            return $"{MeasureText.Caption(View.Measure)}, {View.When}, by {SweepView.AxisTitle(Grid.Axis)}{spread}";
        }
    }

    private bool IsChosen(int row, int column) => Chosen is not null && Chosen == CellPlace.Slug(row, column);

    /// <summary>The colour of the mean; a hatched stripe is as long as the share of seeds that diverged.</summary>
    private string? Style(Cell cell) => cell.Value is not { } value ? cell.Interim is { } interim ? View.Scale!.Style(interim.Mean) : null
        : View.Scale!.Style(value.Mean) + (cell.Diverged > 0 ? FormattableString.Invariant($";--diverged:{100 * cell.DivergedShare:0}%") : "");

    /// <summary>
    /// A single run's own page; several seeds among the curves of their row, picked out. The place in the row is that among the values that have runs.
    /// </summary>
    private string AddressOf(HeatmapRow row, int column)
    {
        var cell = row.Cells[column];
        return cell.Seeds.Count == 1
            ? $"runs/{cell.Seeds[0].Run.Key}"
            : $"curves?sweep={View.Detail.Summary.Id}&row={row.Row}&cell=0:{row.Cells.Take(column).Count(c => c.Seeds.Count > 0)}";
    }

    private static string Class(Cell cell) => cell switch
    {
        { State: CellState.Measured, Diverged: > 0 } => "measured partly",
        { State: CellState.Measured, IsRunning: true } => "measured working",
        { Interim: not null } => cell.IsRunning ? "interim working" : "interim",
        { State: CellState.Ended, Failed: > 0 } => "ended broken",
        _ => cell.State.ToString().ToLowerInvariant(),
    };
}
