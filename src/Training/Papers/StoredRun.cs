using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Papers;

/// <summary>A stored run as the comparison with papers sees it.</summary>
public sealed record StoredRun
{
    /// <summary>Keys in the store that holds it, for links; larger is newer.</summary>
    public required long SweepId { get; init; }

    public required long RunId { get; init; }

    public required RunConfiguration Configuration { get; init; }

    /// <summary>Null while it waits or trains.</summary>
    public required RunOutcome? Outcome { get; init; }

    /// <summary>By iteration. Those of a diverged run end, or become NaN, where it diverged.</summary>
    public required IReadOnlyList<EvaluationPoint> Evaluations { get; init; }

    /// <summary>Epochs after which it is measured, whether it has come there or not, without the end of the run.</summary>
    public IReadOnlyList<int> EvaluateAtEpochs { get; init; } = [];

    /// <summary>For problems of at most 64 parameters.</summary>
    public IReadOnlyList<double>? FinalParameters { get; init; }

    /// <summary>What it was computed with; null where that was not recorded.</summary>
    public RunProvenance? Provenance { get; init; }

    public bool HasDiverged => Outcome is { } ended && ended.CountsAsDiverged();

    /// <summary>Whether it came to its own end, be it by diverging: only then does it say something.</summary>
    public bool HasResult => Outcome is { } ended && ended.HasResult();

    /// <summary>Whether what it measured at a length is what is left of a run that exploded, which is judged at its end.</summary>
    public bool HasExplodedAt(RunLength length) => Outcome == RunOutcome.Exploded && Evaluations.Count > 0 && At(length) == Evaluations[^1];

    /// <summary>Whether its result is still to come.</summary>
    public bool IsUnfinished => Outcome is null;

    /// <summary>What it measured until a given length, its end included.</summary>
    public IEnumerable<EvaluationPoint> Until(RunLength length) => Evaluations.Where(length.Contains);

    /// <summary>What it measured exactly at a given length, or null.</summary>
    public EvaluationPoint? At(RunLength length) => Evaluations.FirstOrDefault(length.IsAt);

    /// <summary>Whether a whole epoch's end is or will be measured.</summary>
    public bool MeasuresEpoch(int epoch) =>
        EvaluateAtEpochs.Contains(epoch) || Configuration.Epochs == epoch || Evaluations.Any(e => e.Epoch == epoch);
}
