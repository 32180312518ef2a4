using Stepsize.Data.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>How the table of runs is sorted, as its address says it: a column, with a minus for descending.</summary>
public sealed record RunOrder(string Column, bool Descending)
{
    public static RunOrder Parse(string? text) =>
        text is null or "" ? new("run", Descending: false)
        : text[0] == '-' ? new(text[1..], Descending: true)
        : new(text, Descending: false);

    /// <summary>The address of a column's heading: ascending first, then descending.</summary>
    public string Next(string column) => Column == column && !Descending ? "-" + column : column;

    public IEnumerable<RunRow> Apply(SweepView view)
    {
        IEnumerable<RunRow> runs = view.Detail.Runs;
        return Column switch
        {
            "optimizer" => By(runs, r => view.RowTitles[r.Row], StringComparer.OrdinalIgnoreCase),
            "value" => By(runs, r => r.AxisValue, Comparer<double>.Default),
            "seed" => By(runs, r => r.Seed, Comparer<int>.Default),
            "outcome" => By(runs, r => StatusText.Of(r), StringComparer.Ordinal),
            "result" => By(runs, r => Result(view, r) ?? double.NegativeInfinity, Comparer<double>.Default),
            "iterations" => By(runs, r => r.Iterations, Comparer<int>.Default),
            "seconds" => By(runs, r => r.Seconds, Comparer<double>.Default),
            _ => Descending ? runs.Reverse() : runs,
        };
    }

    /// <summary>What a run measured at the moment shown; null where it has no finite value.</summary>
    public static double? Result(SweepView view, RunRow run) => double.IsFinite(view.ResultOf(run.Id)) ? view.ResultOf(run.Id) : null;

    private IEnumerable<RunRow> By<T>(IEnumerable<RunRow> runs, Func<RunRow, T> key, IComparer<T> comparer) =>
        Descending ? runs.OrderByDescending(key, comparer) : runs.OrderBy(key, comparer);
}
