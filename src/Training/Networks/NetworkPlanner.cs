using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks;

/// <summary>Gives names and places to the layers and parameters of a network while its shapes are inferred.</summary>
internal sealed class NetworkPlanner
{
    private readonly List<ParameterSegment> _parameters = [];
    private readonly List<Initialisation> _initialisations = [];
    private readonly List<ParameterSegment> _states = [];
    private readonly List<double> _initialStates = [];
    private readonly List<ParameterSegment> _carries = [];
    private int _blocks;
    private int _layers;

    public IReadOnlyList<ParameterSegment> Parameters => _parameters;

    public IReadOnlyList<Initialisation> Initialisations => _initialisations;

    public IReadOnlyList<ParameterSegment> States => _states;

    public IReadOnlyList<double> InitialStates => _initialStates;

    /// <summary>Whether some layer computes with more than one example at a time, or draws random numbers for a whole batch.</summary>
    public bool CouplesExamples { get; set; }

    /// <summary>Numbers of each example that passes leave to the next.</summary>
    public int CarryLength => _carries.Sum(c => c.Length);

    public ChainPlan Chain(string scope, IReadOnlyList<Layer> layers, Shape input)
    {
        var plans = new List<LayerPlan>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var shape = input;
        foreach (var layer in layers)
        {
            var number = counts[layer.Prefix] = counts.GetValueOrDefault(layer.Prefix) + 1;
            var planner = new LayerPlanner(this, layer, $"{scope}{layer.Prefix}{number}", shape);
            var output = layer.Infer(planner, shape);
            plans.Add(new LayerPlan(layer, planner.Name, shape, output, planner));
            shape = output;
        }

        return new ChainPlan(input, plans);
    }

    public int NextBlock() => _blocks++;

    public int NextOrdinal() => _layers++;

    public ParameterSegment AddParameter(string name, int block, Initialisation initialisation, int[] shape)
    {
        _initialisations.Add(initialisation);
        return Add(_parameters, name, block, shape);
    }

    public ParameterSegment AddState(string name, int length, double initial)
    {
        _initialStates.Add(initial);
        return Add(_states, name, 0, [length]);
    }

    public ParameterSegment AddCarry(string name, int length) => Add(_carries, name, 0, [length]);

    private static ParameterSegment Add(List<ParameterSegment> segments, string name, int block, int[] shape)
    {
        var offset = segments.Count == 0 ? 0 : segments[^1].Offset + segments[^1].Length;
        var segment = new ParameterSegment(name, block, offset, shape);
        segments.Add(segment);
        return segment;
    }
}
