using System.Numerics;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>
/// Base of optimizers with a stepsize for each coordinate: runs a rule over the parameters in chunks that stay in the first-level cache, and follows
/// the median of the rule's last state array, from which the effective stepsize is known, while a chunk is still there.
/// </summary>
internal abstract class CoordinateOptimizer<T>(ParameterLayout layout) : Optimizer<T>(layout)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Chunk = 1024;

    private readonly RunningMedian<T> _median = new(layout.Length);

    /// <summary>Index of the tensor with the most coordinates, which decides where the median is.</summary>
    protected int LargestTensor { get; } = layout.Segments.Index().MaxBy(s => s.Item.Length).Index;

    /// <summary>Starts an iteration's pass over all coordinates.</summary>
    /// <param name="scale">A factor of the followed values of the largest tensor that jumps between iterations, if there is one.</param>
    protected void BeginPass(double scale = 1) => _median.Begin(scale);

    /// <summary>Updates the coordinates of a range; <paramref name="followed"/> is the array whose median is wanted.</summary>
    protected void Pass<TRule>(TRule rule, Range range, Span<T> x, Span<T> g, T[] followed)
        where TRule : struct, ICoordinateRule1<T>
    {
        for (var (start, end) = Ends(range); start < end; start += Chunk)
        {
            var count = Math.Min(Chunk, end - start);
            var s = followed.AsSpan(start, count);
            CoordinateLoop.Run(rule, x.Slice(start, count), g.Slice(start, count), s);
            _median.Add(s);
        }
    }

    protected void Pass<TRule>(TRule rule, Range range, Span<T> x, Span<T> g, T[] state, T[] followed)
        where TRule : struct, ICoordinateRule2<T>
    {
        for (var (start, end) = Ends(range); start < end; start += Chunk)
        {
            var count = Math.Min(Chunk, end - start);
            var s = followed.AsSpan(start, count);
            CoordinateLoop.Run(rule, x.Slice(start, count), g.Slice(start, count), state.AsSpan(start, count), s);
            _median.Add(s);
        }
    }

    protected void Pass<TRule>(TRule rule, Range range, Span<T> x, Span<T> g, T[] state1, T[] state2, T[] followed)
        where TRule : struct, ICoordinateRule3<T>
    {
        for (var (start, end) = Ends(range); start < end; start += Chunk)
        {
            var count = Math.Min(Chunk, end - start);
            var s = followed.AsSpan(start, count);
            CoordinateLoop.Run(rule, x.Slice(start, count), g.Slice(start, count), state1.AsSpan(start, count), state2.AsSpan(start, count), s);
            _median.Add(s);
        }
    }

    /// <summary>
    /// The two middle values of the followed array, after every coordinate was passed once. Where the stepsize is a monotone function of them, its
    /// median is <see cref="Median.Of(double, double)"/> of that function.
    /// </summary>
    protected (double Lower, double Upper) EndPass(T[] followed)
    {
        var (lower, upper) = _median.End(followed);
        return (double.CreateTruncating(lower), double.CreateTruncating(upper));
    }

    private (int Start, int End) Ends(Range range)
    {
        var (offset, length) = range.GetOffsetAndLength(Layout.Length);
        return (offset, offset + length);
    }
}
