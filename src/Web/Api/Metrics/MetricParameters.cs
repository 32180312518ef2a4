using Stepsize.Training.Faults;
using Stepsize.Web.Api.Http.Asking;

namespace Stepsize.Web.Api.Metrics;

/// <summary>Which iterations are wanted, and how many points of them.</summary>
/// <param name="First">First iteration; null from the start.</param>
/// <param name="Last">Last iteration; null to the end.</param>
/// <param name="Points">Most points of a column; null for every iteration.</param>
internal sealed record MetricWindow(int? First, int? Last, int? Points);

/// <summary>Parameters of per-iteration columns.</summary>
internal static class MetricParameters
{
    public const int DefaultPoints = 2000;

    public static readonly WholeParameter First = new("first", "First iteration wanted, counted from 1.", 1, int.MaxValue);

    public static readonly WholeParameter Last = new("last", "Last iteration wanted.", 1, int.MaxValue);

    public static readonly WholeParameter Points = new(
        "points",
        "Most points of a column. Where the window has more iterations, each point is the smallest and largest value of a stretch, so that no spike is lost.",
        4,
        100_000) { Default = DefaultPoints };

    /// <summary>For rows, which are raw unless asked for otherwise.</summary>
    public static readonly WholeParameter RowPoints = Points with
    {
        Default = null, Description = "Most rows of a run; left out, every iteration is one. " + Points.Description[23..],
    };

    public static IReadOnlyList<QueryParameter> Window { get; } = [First, Last, Points];

    public static IReadOnlyList<QueryParameter> RowWindow { get; } = [First, Last, RowPoints];

    /// <exception cref="InvalidInputException">The window is empty.</exception>
    public static MetricWindow Of(ApiQuery query)
    {
        var window = new MetricWindow(query.Get(First), query.Get(Last), query.Get(Points) ?? query.Get(RowPoints));
        if (window.First > window.Last)
        {
            throw new InvalidInputException(Last.Name, $"{window.Last} is before first = {window.First}; give a later iteration, or leave one of them out.");
        }

        return window;
    }
}
