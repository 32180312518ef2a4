using Stepsize.Training.Analysis;
using Stepsize.Training.Analysis.Curves;
using Stepsize.Training.Optimizers;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>One axis of a sweep.</summary>
/// <param name="Columns">All values of any row, ascending.</param>
/// <param name="Rows">Index of each optimizer, and its cells by column; null where the row does not have the value.</param>
public sealed record StepsizeGrid(RobustnessAxis Axis, IReadOnlyList<double> Columns, IReadOnlyList<(int Row, IReadOnlyList<StepsizeCell?> Cells)> Rows)
{
    /// <summary>Cells that are there.</summary>
    public IEnumerable<StepsizeCell> Cells => Rows.SelectMany(r => r.Cells).OfType<StepsizeCell>();

    /// <summary>Smallest and largest value that a logarithmic axis has a place for; null where there is none.</summary>
    public (double Low, double High)? Range
    {
        get
        {
            double[] values = [.. Cells.Where(c => c.Center > 0).SelectMany(c => new[] { c.Center, c.Low, c.High }).Where(v => v > 0)];
            return values.Length == 0 ? null : (values.Min(), values.Max());
        }
    }
}

/// <summary>Effective stepsize against the axis, over a window of iterations (Ward, Wu and Bottou 2020, figures 1 and 2; Wu, Xie, Du and Ward 2022, figure 1).</summary>
/// <param name="View">The sweep.</param>
/// <param name="Grids">One for each axis.</param>
public sealed record StepsizeView(SweepView View, IterationWindow Window, SeedCenter Center, IReadOnlyList<StepsizeGrid> Grids)
{
    /// <summary>Such as <c>iterations 101 to 200, median of 3 seeds</c>.</summary>
    public string When
    {
        get
        {
            var seeds = View.Detail.Specification.Seeds.Count;
            var when = Window.First == Window.Last ? $"iteration {NumberText.Whole(Window.First)}" : $"mean over iterations {NumberText.Whole(Window.First)} to {NumberText.Whole(Window.Last)}";
            return seeds == 1 ? when : $"{when}, {Center.ToString().ToLowerInvariant()} of {seeds} seeds";
        }
    }

    /// <summary>The window of an address, cut to what a run of the sweep makes; the last hundred iterations where the address has none.</summary>
    public static IterationWindow WindowOf(string? slug, int length) =>
        IterationWindow.Parse(slug) is { } window && window.First <= length
            ? new IterationWindow(window.First, Math.Min(window.Last, length))
            : new IterationWindow(Math.Max(1, length - 99), length);

    /// <summary>What a page offers: the documents' windows that fit, single iterations at which the sweep is evaluated, and the end.</summary>
    public static IReadOnlyList<IterationWindow> Offered(IReadOnlyList<Moment> moments, int length) =>
    [
        .. IterationWindow.WuFigure1.Where(w => w.Last <= length),
        .. moments.Where(m => m.Iteration is not null).Select(m => new IterationWindow(m.Iteration!.Value, m.Iteration.Value)),
        WindowOf(null, length),
    ];
}
