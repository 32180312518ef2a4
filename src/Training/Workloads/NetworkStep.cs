using System.Numerics;
using System.Runtime.InteropServices;
using Stepsize.Training.Datasets;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Sparse;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;

namespace Stepsize.Training.Workloads;

/// <summary>The compiled training step of a network, with whole mini-batches on the calling thread.</summary>
internal sealed class NetworkStep<T> : TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Network _network;
    private readonly SupervisedSet<T> _train;
    private readonly CompiledNetwork<T> _training;
    private readonly NetworkEvaluation<T> _evaluation;
    private readonly SparseMatrix<T>? _sparse;
    private readonly T[] _inputs;
    private readonly T[] _state;
    private readonly WindowOrder? _order;
    private int _seed;

    /// <param name="order">Where examples are windows of a sequence: what is read in place of the examples asked for.</param>
    public NetworkStep(Network network, SupervisedSet<T> train, SupervisedSet<T> test, int batchSize, WindowOrder? order = null)
    {
        _order = order;
        _network = network;
        _train = train;
        _training = network.Compile<T>(new CompileSettings(batchSize, Trains: true));
        _evaluation = new NetworkEvaluation<T>(network, train, test, inOrder: order is not null);
        _sparse = network.ReadsSparseInputs ? train.SparseInputs : null;
        _inputs = _sparse is null ? GC.AllocateUninitializedArray<T>(checked(batchSize * network.Input.Length), pinned: true) : [];
        _state = GC.AllocateUninitializedArray<T>(network.StateLength(batchSize), pinned: true);
        network.InitialiseState<T>(_state);
    }

    /// <summary>A step beside another, with a state of its own.</summary>
    private NetworkStep(NetworkStep<T> beside)
    {
        _network = beside._network;
        _train = beside._train;
        _training = beside._training;
        _evaluation = beside._evaluation;
        _sparse = beside._sparse;
        _inputs = beside._inputs;
        _order = beside._order;
        _state = GC.AllocateUninitializedArray<T>(beside._state.Length, pinned: true);
        _network.InitialiseState<T>(_state);
    }

    public override int StateLength => MemoryMarshal.AsBytes(_state.AsSpan()).Length;

    public override TrainingStep<T> Sibling() => new NetworkStep<T>(this);

    public override void Initialise(int seed, Span<T> parameters)
    {
        _seed = seed;
        _network.Initialise(seed, parameters);
        _network.InitialiseState<T>(_state);
    }

    public override BatchResult Run(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration) =>
        Run(examples, parameters, gradient, iteration, null);

    /// <param name="sorted">The examples sorted by column, where that was done.</param>
    /// <param name="stack">Where the first layer is computed together with those of other runs: its outputs are there, and it has yet to be differentiated.</param>
    /// <param name="place">The run's in the stack.</param>
    public BatchResult Run(
        ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration, SparseColumns<T>? sorted, StackedLinear<T>? stack = null,
        int place = 0)
    {
        examples = _order is null ? examples : _order.Examples(iteration);
        var pass = Training(examples, parameters, gradient, iteration, keepsState: false, sorted, stack, place);
        var sums = _training.ForwardBackward(pass, Inputs(examples, iteration), _train);
        return new BatchResult(sums.MeanLoss, _network.Loss.Classifies ? sums.Accuracy : double.NaN);
    }

    public override double Loss(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, int iteration)
    {
        examples = _order is null ? examples : _order.Examples(iteration);
        var pass = Training(examples, parameters, default, iteration, keepsState: true);
        return _training.Forward(pass, Inputs(examples, iteration), _train).MeanLoss;
    }

    public override Evaluation Evaluate(ReadOnlySpan<T> parameters, CancellationToken cancellation) =>
        _evaluation.Measure(parameters, _state, cancellation);

    public override void Save(Span<byte> destination) => MemoryMarshal.AsBytes(_state.AsSpan()).CopyTo(destination);

    public override void Restore(ReadOnlySpan<byte> source) => source[..StateLength].CopyTo(MemoryMarshal.AsBytes(_state.AsSpan()));

    private Pass<T> Training(
        ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration, bool keepsState, SparseColumns<T>? sorted = null,
        StackedLinear<T>? stack = null, int place = 0) => new()
    {
        Count = examples.Length,
        Examples = examples,
        SparseInputs = _sparse,
        SortedInputs = sorted,
        Stack = stack,
        PlaceInStack = place,
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
}
