using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks;

/// <summary>A layer with its shapes known and its parameters placed: what is compiled.</summary>
public sealed class LayerPlan
{
    internal LayerPlan(Layer layer, string name, Shape input, Shape output, LayerPlanner planner)
    {
        Layer = layer;
        Name = name;
        Input = input;
        Output = output;
        Parameters = [.. planner.Parameters];
        States = [.. planner.States];
        Carries = [.. planner.Carries];
        Ordinal = planner.Ordinal;
        Branches = [.. planner.Branches];
        MultiplyAdds = planner.OwnMultiplyAdds;
        WorkspaceLength = planner.WorkspaceLength;
    }

    public Layer Layer { get; }

    /// <summary>Such as <c>fc1</c>, or <c>block2.conv1</c> within a composite layer.</summary>
    public string Name { get; }

    public Shape Input { get; }

    public Shape Output { get; }

    /// <summary>Its own parameters, in the order in which it declared them.</summary>
    public IReadOnlyList<ParameterSegment> Parameters { get; }

    /// <summary>Its own state, likewise, placed in the network's flat state.</summary>
    public IReadOnlyList<ParameterSegment> States { get; }

    /// <summary>What it carries from pass to pass; places are in numbers an example, see <see cref="CompileSettings.PlaceOf"/>.</summary>
    public IReadOnlyList<ParameterSegment> Carries { get; }

    /// <summary>Number of the layer in the whole network.</summary>
    public int Ordinal { get; }

    /// <summary>The chains of layers inside a composite layer.</summary>
    public IReadOnlyList<ChainPlan> Branches { get; }

    /// <summary>Multiply-adds of one example's forward pass, without those of the branches.</summary>
    public long MultiplyAdds { get; }

    /// <summary>Numbers an example needs besides input and output.</summary>
    public long WorkspaceLength { get; }
}
