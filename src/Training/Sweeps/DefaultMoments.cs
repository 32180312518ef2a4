using Stepsize.Training.Workloads;

namespace Stepsize.Training.Sweeps;

/// <summary>
/// When runs are measured that were asked for without saying when: about ten times, evenly spread, so that a sweep can be watched while it trains. The end
/// of a run is always measured and stands in no list.
/// </summary>
internal static class DefaultMoments
{
    private const int Count = 10;

    /// <summary>A measurement reads the whole training set: a short run would otherwise be measured for longer than it trains.</summary>
    private const int MostPerEpoch = 4;

    /// <summary>The sweep with moments at whole epochs where it has enough of them, else at iterations; unchanged where nothing can be counted.</summary>
    public static SweepSpecification AddTo(SweepSpecification sweep, WorkloadSize size)
    {
        if (sweep.Epochs >= Count)
        {
            return sweep with { EvaluateAtEpochs = Spread(sweep.Epochs.Value, Count) };
        }

        var perEpoch = sweep.IterationsPerEpoch(size);
        var length = sweep.Iterations ?? ((long)sweep.Epochs!.Value * perEpoch);
        if (length > int.MaxValue)
        {
            return sweep;
        }

        var count = (int)Math.Clamp(Math.Ceiling(length * MostPerEpoch / (double)perEpoch), 1, Count);
        return sweep with { EvaluateAtIterations = Spread((int)length, count) };
    }

    /// <summary>1/count, 2/count, … of the length without the end, each once.</summary>
    private static int[] Spread(int length, int count) =>
        [.. Enumerable.Range(1, count - 1).Select(i => (int)Math.Round((double)length * i / count)).Where(m => m >= 1 && m < length).Distinct()];
}
