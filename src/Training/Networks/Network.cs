using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Faults;
using Stepsize.Training.Parameters;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Networks;

/// <summary>
/// A network as it is described: an input shape, layers, a loss. Shapes are inferred and checked here, so parameter count, multiply-adds and
/// memory are known before any data is loaded; <see cref="Compile"/> makes what computes. Immutable and shared by threads.
/// </summary>
public sealed class Network
{
    private readonly IReadOnlyList<Initialisation> _initialisations;
    private readonly IReadOnlyList<double> _initialStates;
    private readonly int _carryLength;
    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<float>> _start = new Dictionary<string, ReadOnlyMemory<float>>();

    /// <exception cref="InvalidInputException">A layer cannot take the shape that comes to it: the message names layer, shape and what is allowed.</exception>
    public Network(Shape input, IReadOnlyList<Layer> layers, Loss loss)
    {
        if (input.Count == 0 || input.Any(axis => axis < 1))
        {
            throw new InvalidInputException("network", $"an input of shape {input} holds nothing; every axis must be at least 1.");
        }

        var planner = new NetworkPlanner();
        Plan = planner.Chain("", layers, input);
        Loss = loss;
        Parameters = new ParameterLayout(planner.Parameters);
        States = new ParameterLayout(planner.States);
        _initialisations = planner.Initialisations;
        _initialStates = planner.InitialStates;
        _carryLength = planner.CarryLength;
        CouplesExamples = planner.CouplesExamples;
    }

    private Network(Network described, IReadOnlyDictionary<string, ReadOnlyMemory<float>> start)
    {
        Plan = described.Plan;
        Loss = described.Loss;
        Parameters = described.Parameters;
        States = described.States;
        _initialisations = described._initialisations;
        _initialStates = described._initialStates;
        _carryLength = described._carryLength;
        CouplesExamples = described.CouplesExamples;
        _start = start;
    }

    public ChainPlan Plan { get; }

    public Loss Loss { get; }

    public Shape Input => Plan.Input;

    public Shape Output => Plan.Output;

    /// <summary>Whether the first layer can read examples as lists of non-zeros.</summary>
    public bool ReadsSparseInputs => FirstLayer is { } first && first.Layer.ReadsSparseInputs(first.Input);

    /// <summary>The layer that reads the network's input.</summary>
    internal LayerPlan? FirstLayer => Plan.Layers.FirstOrDefault(l => !l.Layer.IsView);

    /// <summary>Whether a batch cannot be cut into parts: batch normalisation, dropout, or state carried from batch to batch.</summary>
    public bool CouplesExamples { get; }

    /// <summary>Every parameter tensor; the layers are the blocks.</summary>
    public ParameterLayout Parameters { get; }

    /// <summary>What training updates without a gradient: running statistics.</summary>
    public ParameterLayout States { get; }

    /// <summary>Multiply-adds of one example's forward pass; a backward pass makes about twice as many.</summary>
    public long MultiplyAddsPerExample => Plan.MultiplyAdds;

    /// <summary>Memory of one example in a training step.</summary>
    /// <param name="scalarBytes">4 for float, 8 for double.</param>
    public long ActivationBytesPerExample(int scalarBytes) => (Input.Length + Plan.ActivationLength) * scalarBytes;

    /// <summary>The same network, of which some parameter tensors start from numbers that are known, whatever the seed.</summary>
    /// <param name="values">By name of the tensor, row-major; the others are drawn as they were.</param>
    /// <exception cref="ArgumentException">There is no such tensor, or it has another length.</exception>
    public Network StartingFrom(IReadOnlyDictionary<string, ReadOnlyMemory<float>> values)
    {
        foreach (var (name, numbers) in values)
        {
            if (!Parameters.Segments.Any(s => s.Name == name && s.Length == numbers.Length))
            {
                throw new ArgumentException($"No parameter tensor {name} has {numbers.Length} numbers.", nameof(values));
            }
        }

        return new Network(this, values);
    }

    /// <summary>
    /// Draws the initial parameters, where none are known. Each tensor has its own stream, so that equal tensors of different networks start equal.
    /// </summary>
    public void Initialise<T>(int seed, Span<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < Parameters.Segments.Count; i++)
        {
            var tensor = Parameters.Segments[i].Of(parameters);
            if (_start.TryGetValue(Parameters.Segments[i].Name, out var known))
            {
                TensorPrimitives.ConvertChecked<float, T>(known.Span, tensor);
            }
            else
            {
                _initialisations[i].Fill(tensor, new RandomStream(seed, RandomPurpose.Initialisation, i));
            }
        }
    }

    /// <summary>Numbers of state that passes over a batch of this size need: statistics, then what examples carry from pass to pass.</summary>
    public int StateLength(int batchSize) => checked(States.Length + (_carryLength * batchSize));

    /// <summary>Sets the state to that before the first iteration.</summary>
    public void InitialiseState<T>(Span<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < States.Segments.Count; i++)
        {
            States.Segments[i].Of(state).Fill(T.CreateChecked(_initialStates[i]));
        }

        state[States.Length..].Clear();
    }

    /// <summary>Allocates all buffers that passes with at most this many examples need.</summary>
    /// <exception cref="InvalidInputException">The batch is empty, or needs more memory than there is.</exception>
    public CompiledNetwork<T> Compile<T>(CompileSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (settings.BatchSize < 1)
        {
            throw new InvalidInputException("batchSize", $"{settings.BatchSize} examples are no batch; give at least 1.");
        }

        var bytes = ActivationBytesPerExample(System.Runtime.CompilerServices.Unsafe.SizeOf<T>()) * (double)settings.BatchSize;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (settings.Trains && bytes > available)
        {
            throw new InvalidInputException(
                "batchSize", $"a batch of {settings.BatchSize} needs {bytes / 1e9:F1} GB for its activations where {available / 1e9:F1} GB of memory are available; give a smaller one.");
        }

        return new CompiledNetwork<T>(this, settings with { CarryStart = States.Length, ReadsNetworkInput = ReadsSparseInputs });
    }
}
