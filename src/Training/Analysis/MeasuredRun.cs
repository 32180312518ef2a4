using Stepsize.Training.Execution;

namespace Stepsize.Training.Analysis;

/// <summary>One run, as far as tables and summaries need to know it.</summary>
public sealed record MeasuredRun
{
    /// <summary>The caller's name for it, such as a database key.</summary>
    public required long Key { get; init; }

    /// <summary>Index of the optimizer's row in the sweep.</summary>
    public required int Row { get; init; }

    public required double AxisValue { get; init; }

    public required int Seed { get; init; }

    /// <summary>Whether it is being trained now.</summary>
    public bool IsRunning { get; init; }

    /// <summary>Share of its iterations made, in [0, 1].</summary>
    public double Progress { get; init; }

    /// <summary>Made so far.</summary>
    public int Iterations { get; init; }

    /// <summary>Time of training so far.</summary>
    public double Seconds { get; init; }

    /// <summary>Null until the run has ended.</summary>
    public RunOutcome? Outcome { get; init; }

    /// <summary>First iteration whose loss or parameters were not finite.</summary>
    public int? FirstBadIteration { get; init; }

    /// <summary>By iteration.</summary>
    public required IReadOnlyList<EvaluationPoint> Evaluations { get; init; }
}
