namespace Stepsize.Training.Networks.Layers;

/// <summary>All axes as one, in the order they lie in memory.</summary>
public sealed class Flatten : Layer
{
    public override string Prefix => "flatten";

    public override string Title => "flattening";

    public override bool IsView => true;

    public override Shape Infer(LayerPlanner planner, Shape input) => [input.Length];

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new View<T>();
}
