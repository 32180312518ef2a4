using System.Buffers;
using System.Numerics;

namespace Stepsize.Training.Datasets.Images;

/// <summary>Square pictures of another source, made larger: bilinear, with pixels as areas, and the edge's value beyond their centres.</summary>
/// <param name="channels">Of both.</param>
/// <param name="side">Of the source's pictures.</param>
/// <param name="enlarged">Height and width to bring them to, at least <paramref name="side"/>.</param>
internal sealed class EnlargedPictures<T>(ExampleSource<T> source, int channels, int side, int enlarged) : ExampleSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly (int First, int Second, T Weight)[] _places = [.. Enumerable.Range(0, enlarged).Select(i => Place(i, side, enlarged))];

    public override int InputLength { get; } = channels * enlarged * enlarged;

    public override void Read(int example, Span<T> destination)
    {
        var small = ArrayPool<T>.Shared.Rent(source.InputLength);
        source.Read(example, small.AsSpan(0, source.InputLength));
        for (var c = 0; c < channels; c++)
        {
            var from = small.AsSpan(c * side * side, side * side);
            var to = destination.Slice(c * enlarged * enlarged, enlarged * enlarged);
            for (var y = 0; y < enlarged; y++)
            {
                var (top, bottom, below) = _places[y];
                for (var x = 0; x < enlarged; x++)
                {
                    var (left, right, beside) = _places[x];
                    var above = from[(top * side) + left] + (beside * (from[(top * side) + right] - from[(top * side) + left]));
                    var under = from[(bottom * side) + left] + (beside * (from[(bottom * side) + right] - from[(bottom * side) + left]));
                    to[(y * enlarged) + x] = above + (below * (under - above));
                }
            }
        }

        ArrayPool<T>.Shared.Return(small);
    }

    /// <summary>The two pixels between which one of the enlarged picture lies, and the share of the second.</summary>
    private static (int First, int Second, T Weight) Place(int index, int side, int enlarged)
    {
        var at = Math.Clamp(((index + 0.5) * side / enlarged) - 0.5, 0, side - 1);
        return ((int)at, Math.Min((int)at + 1, side - 1), T.CreateChecked(at - (int)at));
    }
}
