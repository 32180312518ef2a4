using Stepsize.Training.Analysis.Curves;
using Stepsize.Training.Execution;

namespace Stepsize.Training.Analysis;

/// <summary>What a run's effective stepsize was over a window of iterations.</summary>
/// <param name="Value">Its mean; NaN where the run has none there.</param>
/// <param name="Diverged">Whether the run had a non-finite number by the window's end, or exploded: counted, whether it has a value or not.</param>
public readonly record struct WindowedStepsize(double Value, bool Diverged)
{
    /// <param name="values">The column within the window: shorter where the run did not come so far.</param>
    /// <param name="outcome">Null until the run has ended.</param>
    /// <param name="firstBadIteration">Of the run; null where all was finite.</param>
    public static WindowedStepsize Of(IterationWindow window, ReadOnlySpan<float> values, RunOutcome? outcome, int? firstBadIteration)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        // A stepsize may stay a number while the loss is none: what a run does after its first bad iteration says nothing of its optimizer.
        var isBad = firstBadIteration <= window.Last || !double.IsFinite(sum);
        return new WindowedStepsize(values.Length == window.Length && !isBad ? sum / window.Length : double.NaN, isBad || outcome == RunOutcome.Exploded);
    }
}

/// <summary>The effective stepsize of one optimizer and axis value over a window of iterations, over seeds.</summary>
/// <param name="Row">Index of the optimizer in the sweep.</param>
/// <param name="Center">Mean or median of the seeds that have a value; NaN where none has.</param>
/// <param name="Low">Smallest of them.</param>
/// <param name="High">Largest of them.</param>
/// <param name="Seeds">How many they are.</param>
/// <param name="Diverged">Seeds that were not finite by the window's end, or exploded.</param>
/// <param name="Missing">Seeds that did not come so far: shorter, waiting, cut short or failed.</param>
public sealed record StepsizeCell(int Row, double AxisValue, double Center, double Low, double High, int Seeds, int Diverged, int Missing)
{
    public static StepsizeCell Of(int row, double axisValue, IReadOnlyList<WindowedStepsize> seeds, SeedCenter center)
    {
        double[] values = [.. seeds.Where(s => double.IsFinite(s.Value)).Select(s => s.Value).Order()];
        return new StepsizeCell(
            row, axisValue,
            values.Length == 0 ? double.NaN : center == SeedCenter.Mean ? values.Average() : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2,
            values.Length == 0 ? double.NaN : values[0],
            values.Length == 0 ? double.NaN : values[^1],
            values.Length,
            seeds.Count(s => s.Diverged),
            seeds.Count(s => !double.IsFinite(s.Value) && !s.Diverged));
    }
}
