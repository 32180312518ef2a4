namespace Stepsize.Training.Parameters;

/// <summary>The table of a problem's parameter tensors in one flat array. Parameters, gradients and optimizer state share it.</summary>
public sealed class ParameterLayout
{
    public ParameterLayout(IReadOnlyList<ParameterSegment> segments)
    {
        Segments = segments;
        Length = segments.Sum(s => s.Length);
        BlockCount = segments.Count == 0 ? 0 : segments.Max(s => s.Block) + 1;
    }

    public IReadOnlyList<ParameterSegment> Segments { get; }

    /// <summary>Number of parameters.</summary>
    public int Length { get; }

    public int BlockCount { get; }

    /// <summary>A layout of a single tensor.</summary>
    public static ParameterLayout Single(string name, params int[] shape) => new([new ParameterSegment(name, 0, 0, shape)]);
}
