namespace Stepsize.Training.Comparison;

/// <summary>Two tracks of which one is subtracted from the other.</summary>
public sealed record TrackPair(ComparedTrack A, ComparedTrack B);

/// <summary>Which of the tracks on one side are set against which on the other.</summary>
/// <param name="UnmatchedA">Tracks of A without a partner in B.</param>
/// <param name="UnmatchedB">Tracks of B that no track of A was set against.</param>
public sealed record TrackPairs(IReadOnlyList<TrackPair> Pairs, IReadOnlyList<ComparedTrack> UnmatchedA, IReadOnlyList<ComparedTrack> UnmatchedB)
{
    /// <summary>Aligns two sweeps by configuration: the same optimizer with the same options on the same axis.</summary>
    public static TrackPairs ByConfiguration(IReadOnlyList<ComparedTrack> a, IReadOnlyList<ComparedTrack> b)
    {
        var free = b.ToList();
        var pairs = new List<TrackPair>();
        var unmatched = new List<ComparedTrack>();
        foreach (var track in a)
        {
            if (free.Find(track.IsAlignedWith) is { } partner)
            {
                free.Remove(partner);
                pairs.Add(new TrackPair(track, partner));
            }
            else
            {
                unmatched.Add(track);
            }
        }

        return new TrackPairs(pairs, unmatched, free);
    }

    /// <summary>Sets every track of A that has its axis against one baseline, but not the baseline against itself.</summary>
    public static TrackPairs AgainstBaseline(IReadOnlyList<ComparedTrack> a, ComparedTrack baseline)
    {
        ComparedTrack[] others = [.. a.Where(t => t != baseline)];
        TrackPair[] pairs = [.. others.Where(t => t.Grid.Axis == baseline.Grid.Axis).Select(t => new TrackPair(t, baseline))];
        return new TrackPairs(pairs, [.. others.Where(t => t.Grid.Axis != baseline.Grid.Axis)], pairs.Length == 0 ? [baseline] : []);
    }
}
