using Stepsize.Torch.Optimizers;
using Stepsize.Torch.Parameters;
using Stepsize.Training.Execution;
using Stepsize.Training.Optimizers;
using static TorchSharp.torch;

namespace Stepsize.Torch.Execution;

/// <summary>Runs of one optimizer, axis and set of options: neighbouring rows of the program's matrices.</summary>
internal sealed class OptimizerBlock : IDisposable
{
    private readonly BatchedOptimizer _optimizer;

    public OptimizerBlock(IReadOnlyList<CohortRun> runs, BatchedLayout layout, ScalarType type, Device device)
    {
        var settings = runs.Select(r => r.Configuration.Settings).ToArray();
        Count = runs.Count;
        _optimizer = BatchedOptimizers.Create(new OptimizerRuns(runs[0].Configuration.Optimizer, settings, layout, type, device));
    }

    /// <summary>Runs that are left; may be none.</summary>
    public int Count { get; private set; }

    /// <summary>What a checkpoint must hold, with a row for each run.</summary>
    public IReadOnlyCollection<Tensor> State => [.. _optimizer.State];

    /// <summary>What runs must have in common.</summary>
    public static string KindOf(CohortRun run) =>
        $"{run.Configuration.Optimizer.Id} {run.Configuration.Axis} {run.Configuration.Settings.Options.ToJson().ToJsonString()}";

    /// <param name="first">First row of the block.</param>
    /// <returns>Effective stepsizes [count].</returns>
    public Tensor Step(int first, Tensor x, Tensor g, Tensor loss, StepContext<double> context) =>
        _optimizer.Step(x.narrow(0, first, Count), g.narrow(0, first, Count), loss.narrow(0, first, Count), context);

    /// <summary>Goes on with some of its runs alone.</summary>
    /// <param name="rows">Counted from its first; may be none.</param>
    public void Keep(long[] rows, Device device)
    {
        if (rows.Length < Count && rows.Length > 0)
        {
            using var kept = Numbers.Upload<long>(rows, device, rows.Length);
            _optimizer.Keep(kept);
        }

        Count = rows.Length;
    }

    public void Dispose() => _optimizer.Dispose();
}
