using Stepsize.Data.Metrics;
using Stepsize.Training.Analysis.Curves;

namespace Stepsize.Web.Views.Curves;

/// <param name="Family">Index of the optimizer.</param>
/// <param name="Merging">Null where no two neighbouring axis values have merged.</param>
public sealed record FamilyMerging(int Family, TrajectoryMerging? Merging);

/// <summary>Finds out from when on the effective stepsizes of different axis values are the same.</summary>
public sealed class MergingReader(CurvePacketReader lines)
{
    /// <summary>One for each optimizer of which two axis values or more were trained; over seeds, stepsizes are averaged.</summary>
    public async Task<IReadOnlyList<FamilyMerging>> ReadAsync(CurveSubject subject, CancellationToken cancellation)
    {
        var seeds = CurveSubject.Of(subject.Sweeps, subject.Missing, SeedCenter.Mean);
        var trajectories = new List<(int Family, StepsizeTrajectory Trajectory)>();
        await foreach (var (line, columns) in lines.LinesAsync(seeds, MetricColumn.Stepsize, cancellation))
        {
            var column = columns.Count == 1 ? columns[0] : SeedBand.Of(columns, SeedCenter.Mean).Center;
            // A value of which nothing was trained says nothing about where its stepsizes would have gone.
            if (column.Length > 0)
            {
                trajectories.Add((line.Family, new StepsizeTrajectory(seeds.Families[line.Family].Values[line.Value], column)));
            }
        }

        return
        [
            .. trajectories.GroupBy(t => t.Family, t => t.Trajectory).Where(g => g.Count() > 1)
                .Select(g => new FamilyMerging(g.Key, TrajectoryMerging.Of(g))),
        ];
    }
}
