using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Comparison;

/// <summary>A comparison as one measure, moment and statistic show it: what its page, its CSV files and its pictures are drawn from.</summary>
public sealed class ComparisonView
{
    private ComparisonView(ComparisonAddress address, IReadOnlyList<SweepDetail> details)
    {
        Details = details;
        var notices = new List<string>(address.Faults);
        notices.AddRange(address.Sweeps.Where(id => details.All(d => d.Summary.Id != id)).Select(id => $"Sweep {id} is not there: it was deleted, or never was."));
        Measures = MeasuresOf(details);
        Measure = address.Measure is { } wanted && Measures.Contains(wanted) ? wanted : Measures[0];
        if (address.Measure is { } asked && asked != Measure && details.Count > 0)
        {
            notices.Add($"None of the sweeps has measured {MeasureText.Title(asked)}; {MeasureText.Title(Measure)} is shown.");
        }

        Moments = MomentsOf(details);
        Moment = Moments.FirstOrDefault(m => m.Slug == (address.At ?? Moment.End.Slug)) ?? Moment.End;
        if (address.At is { } at && Moment.Slug != at && details.Count > 0)
        {
            notices.Add($"Not every sweep was evaluated at “{at}”; {Moment.Title} is shown.");
        }

        Statistic = address.Statistic;
        Compared = [.. details.Select(Compare)];
        Tracks = Chosen(address, notices);
        Address = address with { Sweeps = [.. details.Select(d => d.Summary.Id)], Rows = [.. Compared.Where(s => CountOf(s) < s.Tracks.Count).SelectMany(s => Tracks.Where(t => t.Sweep == s)).Select(SideOf)] };
        Heatmaps =
        [
            .. details.Select((d, i) => SweepView.Part(d, Tracks.Where(t => t.Sweep == Compared[i]).Select(t => t.Row).ToHashSet(), Measure, MomentOf(d), Statistic)),
        ];
        Scale = SweepView.ShareScale(Heatmaps);
        Fields = DifferingFields.Of(Compared);
        Budgets = BudgetCurve.Of(Tracks, Measure, Statistic);
        Difference = Subtract(address, notices);
        Notices = notices;
    }

    /// <summary>What is shown, without what could not be.</summary>
    public ComparisonAddress Address { get; }

    /// <summary>What was asked for and is not shown, in sentences.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <summary>The sweeps that there are.</summary>
    public IReadOnlyList<SweepDetail> Details { get; }

    public IReadOnlyList<ComparedSweep> Compared { get; }

    /// <summary>The optimizers chosen, sweep by sweep.</summary>
    public IReadOnlyList<ComparedTrack> Tracks { get; }

    public IEnumerable<ComparedTrack> AllTracks => Compared.SelectMany(s => s.Tracks);

    /// <summary>Measures of any of the sweeps; those that all have first.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    public Measure Measure { get; }

    /// <summary>Moments that all sweeps have, the end last.</summary>
    public IReadOnlyList<Moment> Moments { get; }

    public Moment Moment { get; }

    public RunStatistic Statistic { get; }

    /// <summary>One for each sweep, in its order, with the same colours for the same values.</summary>
    public IReadOnlyList<SweepView> Heatmaps { get; }

    /// <summary>Null until something is measured.</summary>
    public ColorScale? Scale { get; }

    /// <summary>In what the sweeps differ beside their optimizers.</summary>
    public IReadOnlyList<DifferingField> Fields { get; }

    /// <summary>Null where there is nothing to subtract.</summary>
    public ComparisonDifference? Difference { get; }

    /// <summary>One for each of <see cref="Tracks"/>.</summary>
    public IReadOnlyList<BudgetCurve> Budgets { get; }

    /// <param name="details">The sweeps of the address that there are, in its order.</param>
    public static ComparisonView Of(ComparisonAddress address, IReadOnlyList<SweepDetail> details) => new(address, details);

    public static ComparisonSide SideOf(ComparedTrack track) => new(track.Sweep.Id, track.Row);

    /// <summary>How many of a sweep's optimizers are chosen.</summary>
    public int CountOf(ComparedSweep sweep) => Tracks.Count(t => t.Sweep == sweep);

    public bool IsChosen(ComparedTrack track) => Tracks.Contains(track);

    /// <summary>The optimizer's title, with its sweep where several are compared.</summary>
    public string TitleOf(ComparedTrack track)
    {
        var titles = SweepView.TitlesOf(track.Sweep.Specification.Optimizers);
        return Compared.Count > 1 ? $"{titles[track.Row]}, sweep {track.Sweep.Id}" : titles[track.Row];
    }

    public string TitleOf(ComparisonSide side) =>
        side.Row is null ? $"sweep {side.SweepId}" : TitleOf(AllTracks.First(t => SideOf(t) == side));

    private static IReadOnlyList<Measure> MeasuresOf(IReadOnlyList<SweepDetail> details)
    {
        var each = details.Select(d => SweepView.MeasuresOf(d).ToList()).ToList();
        Measure[] any = [.. each.SelectMany(m => m).Distinct().OrderByDescending(m => each.Count(e => e.Contains(m))).ThenBy(m => each.Where(e => e.Contains(m)).Min(e => e.IndexOf(m)))];
        return any.Length > 0 ? any : [Measure.TestAccuracy];
    }

    private static IReadOnlyList<Moment> MomentsOf(IReadOnlyList<SweepDetail> details)
    {
        var each = details.Select(d => Moment.Of(d.Specification)).ToList();
        return each.Count == 0 ? [Moment.End] : [.. each[0].Where(m => each.TrueForAll(e => e.Any(o => o.Slug == m.Slug)))];
    }

    /// <summary>An epoch is not the same iteration in every sweep.</summary>
    private Moment MomentOf(SweepDetail detail) => Moment.Of(detail.Specification).First(m => m.Slug == Moment.Slug);

    private ComparedSweep Compare(SweepDetail detail) => new([.. detail.Runs.Select(r => r.ToMeasured())])
    {
        Id = detail.Summary.Id,
        Specification = detail.Specification,
        Provenance = [.. detail.Runs.Select(r => r.Provenance).OfType<Training.Execution.RunProvenance>().Distinct()],
        Iteration = MomentOf(detail).Iteration,
    };

    /// <summary>The optimizers that the address names; all of a sweep of which it names none.</summary>
    private IReadOnlyList<ComparedTrack> Chosen(ComparisonAddress address, List<string> notices)
    {
        var unknown = address.Rows.Where(r => AllTracks.All(t => SideOf(t) != r) && Compared.Any(s => s.Id == r.SweepId)).ToList();
        notices.AddRange(unknown.Take(3).Select(r => $"There is no optimizer {r}: those of sweep {r.SweepId} are {r.SweepId}-0 to {r.SweepId}-{Compared.First(s => s.Id == r.SweepId).Tracks.Count - 1}."));
        return
        [
            .. Compared.SelectMany(sweep =>
            {
                ComparedTrack[] named = [.. sweep.Tracks.Where(t => address.Rows.Contains(SideOf(t)))];
                return named.Length == 0 ? sweep.Tracks : named;
            }),
        ];
    }

    private ComparisonDifference? Subtract(ComparisonAddress address, List<string> notices)
    {
        if (Tracks.Count == 0 || (Compared.Count == 1 && Tracks.Count < 2))
        {
            return null;
        }

        var a = Known(address.A, "A", notices) ?? new ComparisonSide(Compared[0].Id, null);
        var other = Compared.FirstOrDefault(s => s.Id != a.SweepId);
        var b = Known(address.B, "B", notices) ?? (other is null ? SideOf(Tracks.First(t => SideOf(t) != a)) : new ComparisonSide(other.Id, null));
        var (left, right) = (TracksOf(a), TracksOf(b));
        var pairs = (a.Row, b.Row) switch
        {
            (_, not null) => TrackPairs.AgainstBaseline(left, right[0]),

            // One optimizer minus each of a sweep's: the same alignment seen from the other side.
            (not null, null) => Turned(TrackPairs.AgainstBaseline(right, left[0])),
            _ => TrackPairs.ByConfiguration(left, right),
        };
        var grids = DifferenceGrid.Build(pairs.Pairs, Measure, Statistic, address.InDecades ? DifferenceScale.Decades : DifferenceScale.Plain);
        ShownRange[] extents = [.. grids.Select(g => g.Extent()).OfType<ShownRange>()];
        return new ComparisonDifference(
            a, b, pairs, grids, extents.Length == 0 ? null : new DivergingScale(extents.Max(e => e.High), extents.Max(e => e.Largest)),
            a.SweepId == b.SweepId ? [] : DifferingFields.Of([Compared.First(s => s.Id == a.SweepId), Compared.First(s => s.Id == b.SweepId)]));
    }

    private ComparisonSide? Known(ComparisonSide? side, string name, List<string> notices)
    {
        if (side is not { } asked)
        {
            return null;
        }

        if (asked.Row is null ? Tracks.Any(t => t.Sweep.Id == asked.SweepId) : Tracks.Any(t => SideOf(t) == asked))
        {
            return asked;
        }

        notices.Add($"{name} = {asked} is not among what is compared; another {name} is shown.");
        return null;
    }

    private IReadOnlyList<ComparedTrack> TracksOf(ComparisonSide side) =>
        [.. Tracks.Where(t => side.Row is null ? t.Sweep.Id == side.SweepId : SideOf(t) == side)];

    private static TrackPairs Turned(TrackPairs pairs) => new([.. pairs.Pairs.Select(p => new TrackPair(p.B, p.A))], pairs.UnmatchedB, pairs.UnmatchedA);
}
