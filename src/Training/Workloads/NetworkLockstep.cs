using System.Numerics;
using Stepsize.Training.Kernels.Sparse;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;

namespace Stepsize.Training.Workloads;

/// <summary>
/// Runs of a network on sparse inputs. A mini-batch is sorted by column once for all; where a run's first layer is narrow, those of several are computed
/// as one.
/// </summary>
internal sealed class NetworkLockstep<T> : Lockstep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What runs share is by then a small part of what each has for itself.</summary>
    private const int Widest = 8;

    private readonly SparseMatrix<T> _inputs;
    private readonly SparseColumns<T>? _sorted;
    private readonly StackedLinear<T>? _stack;
    private readonly int _runsAtOnce;

    /// <param name="runs">Most runs at a time.</param>
    public NetworkLockstep(Network network, SparseMatrix<T> inputs, int batchSize, int runs)
    {
        var layer = network.FirstLayer!;
        _inputs = inputs;
        _runsAtOnce = Math.Min(runs, StackedLinear<T>.RunsAtOnce(layer));
        _stack = _runsAtOnce > 1 ? new StackedLinear<T>(layer, batchSize, _runsAtOnce) : null;
        _sorted = SparseColumns<T>.Suits(inputs, batchSize) && SparseProduct.PaysToSort(layer.Output[0] * _runsAtOnce, runs)
            ? new SparseColumns<T>(inputs, batchSize)
            : null;
    }

    /// <summary>Runs up to which it pays.</summary>
    public static int WidthFor(Network network) => Math.Max(Widest, StackedLinear<T>.RunsAtOnce(network.FirstLayer!));

    public override bool SharesGradient => _stack is null;

    public override void Run(ReadOnlySpan<int> examples, int iteration, ReadOnlySpan<ILockstepRun<T>> runs)
    {
        _sorted?.Sort(_inputs, examples);
        for (var first = 0; first < runs.Length; first += _runsAtOnce)
        {
            RunTogether(examples, iteration, runs.Slice(first, Math.Min(_runsAtOnce, runs.Length - first)));
        }
    }

    private void RunTogether(ReadOnlySpan<int> examples, int iteration, ReadOnlySpan<ILockstepRun<T>> runs)
    {
        if (_stack is null)
        {
            foreach (var run in runs)
            {
                run.Take(StepOf(run).Run(examples, run.Parameters, run.Gradient, iteration, _sorted));
            }

            return;
        }

        _stack.Begin(examples.Length, runs.Length);
        for (var i = 0; i < runs.Length; i++)
        {
            _stack.TakeParameters(i, runs[i].Parameters);
        }

        _stack.Forward(_inputs, examples);
        Span<BatchResult> batches = stackalloc BatchResult[runs.Length];
        for (var i = 0; i < runs.Length; i++)
        {
            batches[i] = StepOf(runs[i]).Run(examples, runs[i].Parameters, runs[i].Gradient, iteration, _sorted, _stack, i);
        }

        _stack.Backward(_inputs, examples, _sorted);
        for (var i = 0; i < runs.Length; i++)
        {
            _stack.CopyGradient(i, runs[i].Gradient);
            runs[i].Take(batches[i]);
        }
    }

    private static NetworkStep<T> StepOf(ILockstepRun<T> run) => (NetworkStep<T>)run.Step;
}
