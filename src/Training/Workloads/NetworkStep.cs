using System.Numerics;
using System.Runtime.InteropServices;
using Stepsize.Training.Datasets;
using Stepsize.Training.Kernels;
using Stepsize.Training.Networks;

namespace Stepsize.Training.Workloads;

/// <summary>The compiled training step of a network: one compilation for mini-batches, a wider one without backward pass for evaluation.</summary>
internal sealed class NetworkStep<T> : TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Evaluation takes at most this many examples at a time: wider is no faster, and falls out of the cache.</summary>
    private const int WidestEvaluation = 512;

    /// <summary>Bytes of activations that evaluation may take, for networks with large ones.</summary>
    private const long EvaluationMemory = 64 << 20;

    private readonly Network _network;
    private readonly SupervisedSet<T> _train;
    private readonly SupervisedSet<T> _test;
    private readonly CompiledNetwork<T> _training;
    private readonly CompiledNetwork<T> _evaluation;
    private readonly SparseMatrix<T>? _sparse;
    private readonly T[] _inputs;
    private readonly T[] _state;
    private readonly T[] _evaluationState;
    private readonly int[] _evaluated;
    private readonly T[] _evaluationInputs;
    private readonly WindowOrder? _order;
    private int _seed;

    /// <param name="order">Where examples are windows of a sequence: what is read in place of the examples asked for.</param>
    public NetworkStep(Network network, SupervisedSet<T> train, SupervisedSet<T> test, int batchSize, WindowOrder? order = null)
    {
        _order = order;
        _network = network;
        _train = train;
        _test = test;
        _training = network.Compile<T>(new CompileSettings(batchSize, Trains: true));
        var width = EvaluationMemory / network.ActivationBytesPerExample(System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        _evaluation = network.Compile<T>(new CompileSettings((int)Math.Clamp(width, 1, WidestEvaluation), Trains: false));
        _evaluated = new int[_evaluation.BatchSize];
        _evaluationInputs = train.ReadsFromSource || test.ReadsFromSource ? new T[checked(_evaluation.BatchSize * network.Input.Length)] : [];
        _sparse = network.ReadsSparseInputs ? train.SparseInputs : null;
        _inputs = _sparse is null ? GC.AllocateUninitializedArray<T>(checked(batchSize * network.Input.Length), pinned: true) : [];
        _state = GC.AllocateUninitializedArray<T>(network.StateLength(batchSize), pinned: true);
        _evaluationState = GC.AllocateUninitializedArray<T>(network.StateLength(_evaluation.BatchSize), pinned: true);
        network.InitialiseState<T>(_state);
    }

    public override int StateLength => MemoryMarshal.AsBytes(_state.AsSpan()).Length;

    public override void Initialise(int seed, Span<T> parameters)
    {
        _seed = seed;
        _network.Initialise(seed, parameters);
        _network.InitialiseState<T>(_state);
    }

    public override BatchResult Run(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration)
    {
        examples = _order is null ? examples : _order.Examples(iteration);
        var pass = Training(examples, parameters, gradient, iteration, keepsState: false);
        var sums = _training.ForwardBackward(pass, Inputs(examples, iteration), _train);
        return new BatchResult(sums.MeanLoss, Accuracy(sums));
    }

    public override double Loss(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, int iteration)
    {
        examples = _order is null ? examples : _order.Examples(iteration);
        var pass = Training(examples, parameters, default, iteration, keepsState: true);
        return _training.Forward(pass, Inputs(examples, iteration), _train).MeanLoss;
    }

    public override Evaluation Evaluate(ReadOnlySpan<T> parameters, CancellationToken cancellation)
    {
        var train = Evaluate(_train, parameters, cancellation);
        var test = Evaluate(_test, parameters, cancellation);
        return new Evaluation(train.MeanLoss, Accuracy(train), test.MeanLoss, Accuracy(test));
    }

    public override void Save(Span<byte> destination) => MemoryMarshal.AsBytes(_state.AsSpan()).CopyTo(destination);

    public override void Restore(ReadOnlySpan<byte> source) => source[..StateLength].CopyTo(MemoryMarshal.AsBytes(_state.AsSpan()));

    private LossSums Evaluate(SupervisedSet<T> set, ReadOnlySpan<T> parameters, CancellationToken cancellation)
    {
        // A copy: evaluation reads statistics, and must not touch what training carries from one mini-batch to the next.
        _network.InitialiseState<T>(_evaluationState);
        _state.AsSpan(0, _network.States.Length).CopyTo(_evaluationState);
        if (_order is not null)
        {
            return EvaluateInOrder(set, parameters, cancellation);
        }

        var total = default(LossSums);
        for (var first = 0; first < set.Count; first += _evaluation.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(_evaluation.BatchSize, set.Count - first);
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
                State = _evaluationState,
                StartsSequence = true,
            };
            total += _evaluation.Forward(pass, Inputs(set, first, count), set);
        }

        return total;
    }

    private ReadOnlySpan<T> Inputs(SupervisedSet<T> set, int first, int count)
    {
        if (!set.ReadsFromSource)
        {
            return set.Inputs.Slice(first * set.InputLength, count * set.InputLength);
        }

        set.Gather(_evaluated.AsSpan(0, count), _evaluationInputs);
        return _evaluationInputs.AsSpan(0, count * set.InputLength);
    }

    /// <summary>As many stretches of the sequence side by side as evaluation is wide; windows that are left over begin anew.</summary>
    private LossSums EvaluateInOrder(SupervisedSet<T> set, ReadOnlySpan<T> parameters, CancellationToken cancellation)
    {
        var order = new WindowOrder(set.Count, Math.Min(set.Count, _evaluation.BatchSize));
        var inputs = new T[_evaluation.BatchSize * set.InputLength];
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
                State = _evaluationState,
                StartsSequence = i > order.Iterations || order.IsFirst(i),
            };
            total += examples.IsEmpty ? default : _evaluation.Forward(pass, inputs.AsSpan(0, examples.Length * set.InputLength), set);
        }

        return total;
    }

    private Pass<T> Training(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration, bool keepsState) => new()
    {
        Count = examples.Length,
        Examples = examples,
        SparseInputs = _sparse,
        Parameters = parameters,
        Gradient = gradient,
        State = _state,
        Seed = _seed,
        Iteration = iteration,
        StartsSequence = _order is null || _order.IsFirst(iteration),
        KeepsState = keepsState,
    };

    /// <summary>The examples one after another; nothing where the first layer reads them from the sparse data.</summary>
    private ReadOnlySpan<T> Inputs(ReadOnlySpan<int> examples, int iteration)
    {
        if (_sparse is not null)
        {
            return default;
        }

        _train.GatherForTraining(examples, _seed, iteration, _inputs);
        return _inputs.AsSpan(0, examples.Length * _train.InputLength);
    }

    private double Accuracy(LossSums sums) => _network.Loss.Classifies ? sums.Accuracy : double.NaN;
}
