using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Faults;
using Stepsize.Training.Workloads;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Tables;

/// <summary>Parameters of what a sweep's page shows: the same words as in the page's address.</summary>
internal static class ViewParameters
{
    private static readonly WordParameter<Measure> Measured = new(
        "measure",
        "What is shown; left out, the sweep's first measure.",
        MeasureText.All.ToDictionary(MeasureText.Slug, m => m, StringComparer.Ordinal));

    private static readonly TextParameter At = new(
        "at", "When it was measured: end, epoch-5, iteration-200; the sweep's moments are in its answer. Left out, the end of training.", 40);

    private static readonly TextParameter Statistic = new(
        "stat",
        "How evaluations until then become a run's number: final, best, or last-5 for the mean of those of the last five epochs. Left out, final.",
        40);

    private static readonly TextParameter Tolerated = new(
        "tolerance",
        "How much worse than the reference still counts for a width: points of accuracy such as 2, for losses a factor such as x10 or a bound such as below-1e-8. "
            + "Left out, 2 or x10.",
        40);

    public static IReadOnlyList<QueryParameter> All { get; } = [Measured, At, Statistic, Tolerated];

    /// <exception cref="InvalidInputException">The sweep has no such measure or moment.</exception>
    public static SweepView Of(ApiQuery query, SweepDetail sweep)
    {
        var faults = new FaultList();
        var (measure, at) = (query.Get(Measured), query.Get(At));
        var measures = SweepView.MeasuresOf(sweep);
        if (measure is { } wanted && !measures.Contains(wanted))
        {
            faults.Add(Measured.Name, $"\"{MeasureText.Slug(wanted)}\" is not measured in this sweep; it has {string.Join(", ", measures.Select(MeasureText.Slug))}.");
        }

        var moments = Moment.Of(sweep.Specification);
        if (at is not null && moments.All(m => m.Slug != at))
        {
            faults.Add(At.Name, $"\"{Quoting.Short(at)}\" is no moment of this sweep; it has {string.Join(", ", moments.Select(m => m.Slug))}.");
        }

        var statistic = query.Get(Statistic);
        if (statistic is not null && RunStatistic.Parse(statistic) is null)
        {
            faults.Add(Statistic.Name, $"\"{Quoting.Short(statistic)}\" is not allowed; give final, best or last-5.");
        }

        var tolerance = query.Get(Tolerated);
        var shown = measure ?? measures[0];
        if (tolerance is not null && ToleranceText.Fault(tolerance, shown) is { } fault)
        {
            faults.Add(Tolerated.Name, fault);
        }

        faults.ThrowIfAny();
        return SweepView.Of(sweep, measure, at, RunStatistic.Parse(statistic), tolerance);
    }
}
