using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;

namespace Stepsize.Training.Workloads;

/// <summary>
/// The step of a network so large that one run is worth several cores: the batch is cut into parts whose losses and gradients are taken apart and
/// added in order. The parts follow from network and batch size alone, and are the same when one thread does them all, so the bits do not
/// depend on how many are free.
/// </summary>
internal sealed unsafe class SplitNetworkStep<T> : TrainingStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Multiply-adds of a part's forward pass below which batches stay whole: a sweep has more runs than cores most of the time, and there narrower batches
    /// and a gradient for each part cost: adalip-mnist, with 1.5 thousand million, 7 or 17% of its speed in 2 or 8 parts.
    /// </summary>
    private const long SmallestPart = 1_000_000_000;

    private const int SmallestPartExamples = 16;
    private const int MostParts = 4;

    private readonly Network _network;
    private readonly NetworkEvaluation<T> _evaluation;
    private readonly SupervisedSet<T> _train;
    private readonly bool _classifies;
    private readonly IPartRunner _runner;
    private readonly Part[] _parts;
    private readonly Action<int> _runPart;
    private T* _parameters;
    private int _parameterCount;
    private int* _examples;
    private int _seed;
    private int _iteration;
    private bool _trains;

    public SplitNetworkStep(Network network, SupervisedSet<T> train, SupervisedSet<T> test, int batchSize, IPartRunner runner)
    {
        _network = network;
        _evaluation = new NetworkEvaluation<T>(network, train, test);
        _train = train;
        _classifies = network.Loss.Classifies;
        _runner = runner;
        _runPart = RunPart;
        var count = PartsOf(network, batchSize);
        _parts = new Part[count];
        for (var i = 0; i < count; i++)
        {
            // As many as the largest part has, for a smaller batch may be cut elsewhere.
            _parts[i] = new Part(network, (batchSize + count - 1) / count);
        }
    }

    /// <summary>Parts that a batch is cut into; 1 where it is left whole.</summary>
    public static int PartsOf(Network network, int batchSize)
    {
        if (network.CouplesExamples || network.ReadsSparseInputs)
        {
            return 1;
        }

        var byWork = Math.Min(network.MultiplyAddsPerExample * batchSize / SmallestPart, MostParts);
        return (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, Math.Min(byWork, batchSize / SmallestPartExamples)) + 1) / 2;
    }

    public override void Initialise(int seed, Span<T> parameters)
    {
        _seed = seed;
        _network.Initialise(seed, parameters);
    }

    public override BatchResult Run(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration)
    {
        var sums = RunParts(examples, parameters, iteration, trains: true);
        gradient.Clear();
        foreach (var part in _parts)
        {
            TensorPrimitives.MultiplyAdd(part.Gradient, T.CreateChecked((double)part.Count / examples.Length), gradient, gradient);
        }

        return new BatchResult(sums.MeanLoss, _classifies ? sums.Accuracy : double.NaN);
    }

    public override double Loss(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, int iteration) =>
        RunParts(examples, parameters, iteration, trains: false).MeanLoss;

    // A network that has state is not split.
    public override Evaluation Evaluate(ReadOnlySpan<T> parameters, CancellationToken cancellation) => _evaluation.Measure(parameters, [], cancellation);

    /// <summary>Losses of all parts, added in order, and each part's gradient where wanted.</summary>
    private LossSums RunParts(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, int iteration, bool trains)
    {
        // Spans cannot be given to other threads; the pointers are good until all parts have returned.
        fixed (T* x = parameters)
        fixed (int* indices = examples)
        {
            _parameters = x;
            _parameterCount = parameters.Length;
            _examples = indices;
            _iteration = iteration;
            _trains = trains;
            for (var i = 0; i < _parts.Length; i++)
            {
                _parts[i].Take((int)((long)examples.Length * i / _parts.Length), (int)((long)examples.Length * (i + 1) / _parts.Length));
            }

            _runner.Run(_parts.Length, _runPart);
        }

        var sums = default(LossSums);
        foreach (var part in _parts)
        {
            sums += part.Sums;
        }

        return sums;
    }

    private void RunPart(int index)
    {
        var part = _parts[index];
        if (part.Count == 0)
        {
            part.Gradient.AsSpan().Clear();
            part.Sums = default;
            return;
        }

        var examples = new ReadOnlySpan<int>(_examples + part.First, part.Count);
        var inputs = part.Inputs.AsSpan(0, part.Count * _train.InputLength);
        _train.GatherForTraining(examples, _seed, _iteration, inputs);
        var pass = new Pass<T>
        {
            Count = part.Count,
            Examples = examples,
            Parameters = new ReadOnlySpan<T>(_parameters, _parameterCount),
            Gradient = _trains ? part.Gradient : default,
            State = default,
            StartsSequence = true,
            KeepsState = !_trains,
        };
        part.Sums = _trains ? part.Network.ForwardBackward(pass, inputs, _train) : part.Network.Forward(pass, inputs, _train);
    }

    /// <summary>Examples first, …, first + count − 1 of the batch, and what taking their gradient needs.</summary>
    /// <param name="most">Most examples.</param>
    private sealed class Part(Network network, int most)
    {
        public int First { get; private set; }

        public int Count { get; private set; }

        public CompiledNetwork<T> Network { get; } = network.Compile<T>(new CompileSettings(most, Trains: true));

        public T[] Inputs { get; } = GC.AllocateUninitializedArray<T>(checked(most * network.Input.Length), pinned: true);

        public T[] Gradient { get; } = GC.AllocateUninitializedArray<T>(network.Parameters.Length, pinned: true);

        public LossSums Sums { get; set; }

        public void Take(int first, int end) => (First, Count) = (first, end - first);
    }
}
