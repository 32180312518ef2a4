using Stepsize.Data.Selections;
using Stepsize.Training.Analysis.Curves;
using Stepsize.Training.Optimizers;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Curves;

/// <summary>One optimizer of one sweep: a colour of the chart.</summary>
/// <param name="Title">With the sweep's number where there are several sweeps.</param>
/// <param name="Values">Axis values that are selected, ascending.</param>
/// <param name="Shades">For each of them its place among all values of that axis, on a logarithmic scale from 0 to 1.</param>
public sealed record CurveFamily(long Sweep, int Row, string Title, RobustnessAxis Axis, IReadOnlyList<double> Values, IReadOnlyList<double> Shades);

/// <summary>One line of the chart: a run, or the seeds of a configuration together.</summary>
/// <param name="Family">Index into the families.</param>
/// <param name="Value">Index into the family's values.</param>
/// <param name="Runs">One, or one a seed.</param>
public sealed record CurveSeries(int Family, int Value, IReadOnlyList<SelectedRun> Runs);

/// <summary>The runs that an address names, put in order: by optimizer, axis value and seed.</summary>
public sealed class CurveSubject
{
    private CurveSubject(IReadOnlyList<SelectedSweep> sweeps, long missing, SeedCenter? over)
    {
        Sweeps = sweeps;
        Missing = missing;
        Families = FamiliesOf(sweeps);
        Series = [.. SeriesOf(sweeps, over is not null)];
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SelectedSweep> Sweeps { get; }

    /// <summary>Runs that were named and are not there.</summary>
    public long Missing { get; }

    public IReadOnlyList<CurveFamily> Families { get; }

    public IReadOnlyList<CurveSeries> Series { get; }

    /// <summary>What differs between the origins of runs on the same workload; null where nothing does.</summary>
    public string? Mixed => Sweeps.GroupBy(s => s.Specification.Workload.Id, StringComparer.Ordinal)
        .Select(g => MixedProvenance.Of(g.SelectMany(s => s.Runs).Select(r => r.Provenance))).FirstOrDefault(m => m is not null);

    public IEnumerable<SelectedRun> Runs => Sweeps.SelectMany(s => s.Runs);

    /// <param name="missing">Runs that were named and are not there.</param>
    /// <param name="over">What stands for seeds; null where every run is a line of its own.</param>
    public static CurveSubject Of(IReadOnlyList<SelectedSweep> sweeps, long missing, SeedCenter? over) => new(sweeps, missing, over);

    /// <summary>Such as <c>AdaGrad-Norm, b₀ = 0.1, seed 2</c>.</summary>
    public string Label(CurveSeries series)
    {
        var family = Families[series.Family];
        var place = $"{family.Title}, {SweepView.AxisTitle(family.Axis)} = {NumberText.Axis(family.Values[series.Value], family.Values)}";
        return series.Runs.Count == 1 ? $"{place}, seed {series.Runs[0].Seed}" : $"{place}, {series.Runs.Count} seeds";
    }

    private static CurveFamily[] FamiliesOf(IReadOnlyList<SelectedSweep> sweeps)
    {
        var extent = sweeps.SelectMany(s => s.Runs.Select(r => (s.Specification.Optimizers[r.Row].Axis, r.AxisValue)))
            .GroupBy(x => x.Axis, x => Math.Log(x.AxisValue))
            .ToDictionary(g => g.Key, g => (Low: g.Min(), High: g.Max()));
        return
        [
            .. from sweep in sweeps
               let titles = SweepView.TitlesOf(sweep.Specification.Optimizers)
               from row in sweep.Runs.Select(r => r.Row).Distinct().Order()
               let axis = sweep.Specification.Optimizers[row].Axis
               let values = sweep.Runs.Where(r => r.Row == row).Select(r => r.AxisValue).Distinct().Order().ToArray()
               select new CurveFamily(
                   sweep.Id, row, sweeps.Count == 1 ? titles[row] : $"{titles[row]} (sweep {sweep.Id})", axis, values, [.. values.Select(v => Shade(v, extent[axis]))]),
        ];
    }

    private static double Shade(double value, (double Low, double High) extent) =>
        extent.High > extent.Low ? (Math.Log(value) - extent.Low) / (extent.High - extent.Low) : 0.5;

    private IEnumerable<CurveSeries> SeriesOf(IReadOnlyList<SelectedSweep> sweeps, bool together)
    {
        var bySweep = sweeps.ToDictionary(s => s.Id);
        for (var f = 0; f < Families.Count; f++)
        {
            var family = Families[f];
            var runs = bySweep[family.Sweep].Runs.Where(r => r.Row == family.Row).ToLookup(r => r.AxisValue);
            for (var v = 0; v < family.Values.Count; v++)
            {
                SelectedRun[] seeds = [.. runs[family.Values[v]].OrderBy(r => r.Seed)];
                if (together)
                {
                    yield return new CurveSeries(f, v, seeds);
                    continue;
                }

                foreach (var run in seeds)
                {
                    yield return new CurveSeries(f, v, [run]);
                }
            }
        }
    }
}
