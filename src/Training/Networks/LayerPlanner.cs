using Stepsize.Training.Faults;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks;

/// <summary>Takes down what one layer declares while its shapes are inferred.</summary>
public sealed class LayerPlanner
{
    private readonly NetworkPlanner _network;
    private readonly Layer _layer;
    private readonly Shape _input;
    private int? _block;

    internal LayerPlanner(NetworkPlanner network, Layer layer, string name, Shape input)
    {
        _network = network;
        _layer = layer;
        _input = input;
        Name = name;
        Ordinal = network.NextOrdinal();
    }

    public string Name { get; }

    /// <summary>Number of the layer in the whole network: tells the random streams of equal layers apart.</summary>
    public int Ordinal { get; }

    internal List<ParameterSegment> Parameters { get; } = [];

    internal List<ParameterSegment> States { get; } = [];

    internal List<ParameterSegment> Carries { get; } = [];

    internal List<ChainPlan> Branches { get; } = [];

    internal long OwnMultiplyAdds { get; private set; }

    internal long WorkspaceLength { get; private set; }

    /// <summary>Declares a parameter tensor. All tensors of a layer are one block.</summary>
    /// <param name="name">Within the layer, such as <c>weight</c>.</param>
    public void Parameter(string name, Initialisation initialisation, params int[] shape)
    {
        _block ??= _network.NextBlock();
        Parameters.Add(_network.AddParameter($"{Name}.{name}", _block.Value, initialisation, shape));
    }

    /// <summary>Declares numbers that training updates without a gradient, and that checkpoints hold.</summary>
    public void State(string name, int length, double initial) => States.Add(_network.AddState($"{Name}.{name}", length, initial));

    /// <summary>Declares numbers of each example of a batch that one training pass leaves to the next, and that checkpoints hold.</summary>
    public void Carry(string name, int lengthPerExample)
    {
        CouplesExamples();
        Carries.Add(_network.AddCarry($"{Name}.{name}", lengthPerExample));
    }

    /// <summary>Declares that what an example gives depends on the others of its batch, or on its place among them.</summary>
    public void CouplesExamples() => _network.CouplesExamples = true;

    /// <summary>Adds to the cost of one example's forward pass.</summary>
    public void MultiplyAdds(long count) => OwnMultiplyAdds += count;

    /// <summary>Adds memory that one example needs besides the output, in numbers.</summary>
    public void Workspace(long length) => WorkspaceLength += length;

    /// <summary>Plans a chain of layers inside a composite layer.</summary>
    /// <param name="name">Added to the names of the layers in it; empty adds nothing.</param>
    public ChainPlan Branch(string name, IReadOnlyList<Layer> layers, Shape input)
    {
        var chain = _network.Chain(name.Length == 0 ? Name + "." : $"{Name}.{name}.", layers, input);
        Branches.Add(chain);
        return chain;
    }

    /// <summary>The error of an input that does not fit.</summary>
    /// <param name="allowed">What must hold and what to do, such as <c>the kernel must fit into the padded input; make it at most 3×3</c>.</param>
    public InvalidInputException Refuse(string allowed) =>
        new("network", $"{Name}, a {_layer.Title}, cannot take an input of shape {_input}: {allowed}.");
}
