namespace Stepsize.Training.Networks.Layers;

/// <summary>The same numbers with other axes, such as a sequence of vectors as an image of one channel.</summary>
public sealed class Reshape(Shape shape) : Layer
{
    public override string Prefix => "reshape";

    public override string Title => $"reshaping to {shape}";

    public override bool IsView => true;

    public override Shape Infer(LayerPlanner planner, Shape input) => input.Length == shape.Length
        ? shape
        : throw planner.Refuse($"it needs {shape.Length} numbers where the input has {input.Length}");

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new View<T>();
}
