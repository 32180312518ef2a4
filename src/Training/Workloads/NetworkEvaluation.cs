using System.Numerics;
using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;

namespace Stepsize.Training.Workloads;

/// <summary>Measures a network on the whole training and test set: a compilation of its own, wider than mini-batches and without backward pass.</summary>
internal sealed class NetworkEvaluation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Most examples at a time: wider is no faster, and falls out of the cache.</summary>
    private const int Widest = 512;

    /// <summary>Bytes that activations may take, for networks with large ones.</summary>
    private const long Memory = 64 << 20;

    private readonly Network _network;
    private readonly SupervisedSet<T> _train;
    private readonly SupervisedSet<T> _test;
    private readonly bool _inOrder;
    private readonly CompiledNetwork<T> _compiled;
    private readonly T[] _state;
    private readonly int[] _evaluated;
    private readonly T[] _inputs;

    /// <param name="inOrder">Whether examples are windows of a sequence, through which the network carries its state.</param>
    public NetworkEvaluation(Network network, SupervisedSet<T> train, SupervisedSet<T> test, bool inOrder = false)
    {
        _network = network;
        _train = train;
        _test = test;
        _inOrder = inOrder;
        _compiled = network.Compile<T>(new CompileSettings(WidthOf(network), Trains: false));
        _state = GC.AllocateUninitializedArray<T>(network.StateLength(_compiled.BatchSize), pinned: true);
        _evaluated = new int[_compiled.BatchSize];
        _inputs = train.ReadsFromSource || test.ReadsFromSource ? new T[checked(_compiled.BatchSize * network.Input.Length)] : [];
    }

    /// <summary>Examples at a time: for networks that read in order, also the stretches that the sequence is cut into.</summary>
    public static int WidthOf(Network network) =>
        (int)Math.Clamp(Memory / network.ActivationBytesPerExample(System.Runtime.CompilerServices.Unsafe.SizeOf<T>()), 1, Widest);

    /// <param name="state">Of the network in training: its statistics are read; what examples carry is not.</param>
    public Evaluation Measure(ReadOnlySpan<T> parameters, ReadOnlySpan<T> state, CancellationToken cancellation)
    {
        var train = Measure(_train, parameters, state, cancellation);
        var test = Measure(_test, parameters, state, cancellation);
        return new Evaluation(train.MeanLoss, Accuracy(train), test.MeanLoss, Accuracy(test))
        {
            TestTopFiveAccuracy = _network.Loss.CountsTopFive ? test.TopFiveAccuracy : double.NaN,
        };
    }

    private LossSums Measure(SupervisedSet<T> set, ReadOnlySpan<T> parameters, ReadOnlySpan<T> state, CancellationToken cancellation)
    {
        // A copy: evaluation reads statistics, and must not touch what training carries from one mini-batch to the next.
        _network.InitialiseState<T>(_state);
        state[.._network.States.Length].CopyTo(_state);
        if (_inOrder)
        {
            return MeasureInOrder(set, parameters, cancellation);
        }

        var total = default(LossSums);
        for (var first = 0; first < set.Count; first += _compiled.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(_compiled.BatchSize, set.Count - first);
            for (var i = 0; i < count; i++)
            {
                _evaluated[i] = first + i;
            }

            var pass = new Pass<T>
            {
                Count = count,
                Examples = _evaluated.AsSpan(0, count),
                SparseInputs = _network.ReadsSparseInputs ? set.SparseInputs : null,
                Parameters = parameters,
                State = _state,
                StartsSequence = true,
            };
            total += _compiled.Forward(pass, Inputs(set, first, count), set);
        }

        return total;
    }

    private ReadOnlySpan<T> Inputs(SupervisedSet<T> set, int first, int count)
    {
        if (!set.ReadsFromSource)
        {
            return set.Inputs.Slice(first * set.InputLength, count * set.InputLength);
        }

        set.Gather(_evaluated.AsSpan(0, count), _inputs);
        return _inputs.AsSpan(0, count * set.InputLength);
    }

    /// <summary>As many stretches of the sequence side by side as evaluation is wide; windows that are left over begin anew.</summary>
    private LossSums MeasureInOrder(SupervisedSet<T> set, ReadOnlySpan<T> parameters, CancellationToken cancellation)
    {
        var order = new WindowOrder(set.Count, Math.Min(set.Count, _compiled.BatchSize));
        var inputs = new T[_compiled.BatchSize * set.InputLength];
        var total = default(LossSums);
        for (var i = 1; i <= order.Iterations + 1; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var examples = i <= order.Iterations ? order.Examples(i) : order.Rest();
            set.Gather(examples, inputs);
            var pass = new Pass<T>
            {
                Count = examples.Length,
                Examples = examples,
                Parameters = parameters,
                State = _state,
                StartsSequence = i > order.Iterations || order.IsFirst(i),
            };
            total += examples.IsEmpty ? default : _compiled.Forward(pass, inputs.AsSpan(0, examples.Length * set.InputLength), set);
        }

        return total;
    }

    private double Accuracy(LossSums sums) => _network.Loss.Classifies ? sums.Accuracy : double.NaN;
}
