namespace Stepsize.Training.Parameters;

/// <summary>One parameter tensor as a stretch of the flat parameter array, row-major, in PyTorch's order of axes.</summary>
/// <param name="Name">Such as <c>fc1.weight</c>.</param>
/// <param name="Block">Index of the layer it belongs to: a layer's weight and bias share it, which is what block-normalized gradient normalizes together.</param>
/// <param name="Offset">First element in the flat array.</param>
/// <param name="Shape">Axes; the first counts rows: output neurons of a linear layer, output channels of a convolution.</param>
public sealed record ParameterSegment(string Name, int Block, int Offset, IReadOnlyList<int> Shape)
{
    public int Length { get; } = Shape.Aggregate(1, (product, axis) => product * axis);

    /// <summary>Its elements in the flat array.</summary>
    public Range Range => Offset..(Offset + Length);

    /// <summary>Rows of a matrix or convolution kernel; elements of a one-dimensional tensor.</summary>
    public int Rows => Shape[0];

    public int RowLength => Length / Rows;

    public bool IsVector => Shape.Count == 1;

    public Span<T> Of<T>(Span<T> flat) => flat.Slice(Offset, Length);

    public ReadOnlySpan<T> Of<T>(ReadOnlySpan<T> flat) => flat.Slice(Offset, Length);
}
