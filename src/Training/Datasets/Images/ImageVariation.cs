using System.Numerics;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Datasets.Images;

/// <summary>A random change of a training image after its scaling, which leaves its class as it is.</summary>
internal abstract record ImageVariation
{
    /// <param name="shape">Channels, height, width of both images.</param>
    /// <param name="random">What is drawn depends on it alone.</param>
    public abstract void Apply<T>((int Channels, int Height, int Width) shape, ReadOnlySpan<T> image, RandomStream random, Span<T> varied)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>
/// A crop at a random place of the image or its mirror image, padded on every side by zeros, which after the scaling are the mean (He et al. 2016).
/// No padding leaves the mirroring alone.
/// </summary>
internal sealed record CropAndFlip(int Padding) : ImageVariation
{
    public override void Apply<T>((int Channels, int Height, int Width) shape, ReadOnlySpan<T> image, RandomStream random, Span<T> varied)
    {
        var down = random.NextBelow((2 * Padding) + 1) - Padding;
        var right = random.NextBelow((2 * Padding) + 1) - Padding;
        var mirrors = random.NextBelow(2) == 1;
        for (var row = 0; row < shape.Channels * shape.Height; row++)
        {
            var to = varied.Slice(row * shape.Width, shape.Width);
            var y = (row % shape.Height) + down;
            if (y < 0 || y >= shape.Height)
            {
                to.Clear();
                continue;
            }

            var from = image.Slice((row + down) * shape.Width, shape.Width);
            for (var i = 0; i < to.Length; i++)
            {
                var x = i + right;
                to[i] = x < 0 || x >= shape.Width ? T.Zero : from[mirrors ? shape.Width - 1 - x : x];
            }
        }
    }
}

/// <summary>Turned about its centre, shifted and mirrored; between pixels bilinear, and beyond the edge the nearest pixel, as Keras has it.</summary>
/// <param name="Degrees">Largest angle, to either side.</param>
/// <param name="Shift">Largest shift, as a share of height and width.</param>
internal sealed record RotateShiftAndFlip(double Degrees, double Shift) : ImageVariation
{
    public override void Apply<T>((int Channels, int Height, int Width) shape, ReadOnlySpan<T> image, RandomStream random, Span<T> varied)
    {
        var (sine, cosine) = Math.SinCos(Draw(ref random, Degrees) * Math.PI / 180);
        var down = Draw(ref random, Shift) * shape.Height;
        var right = Draw(ref random, Shift) * shape.Width;
        var mirror = random.NextBelow(2) == 1 ? -1 : 1;
        var (middleY, middleX) = ((shape.Height - 1) / 2.0, (shape.Width - 1) / 2.0);
        var places = shape.Height * shape.Width;
        for (var place = 0; place < places; place++)
        {
            var (dy, dx) = ((place / shape.Width) - middleY, ((place % shape.Width) - middleX) * mirror);
            var y = Math.Clamp(middleY + (cosine * dy) - (sine * dx) + down, 0, shape.Height - 1);
            var x = Math.Clamp(middleX + (sine * dy) + (cosine * dx) + right, 0, shape.Width - 1);
            var (top, left) = ((int)y, (int)x);
            var (bottom, other) = (Math.Min(top + 1, shape.Height - 1), Math.Min(left + 1, shape.Width - 1));
            var (below, beside) = (T.CreateChecked(y - top), T.CreateChecked(x - left));
            for (var c = 0; c < shape.Channels; c++)
            {
                var channel = image.Slice(c * places, places);
                var above = channel[(top * shape.Width) + left] + (beside * (channel[(top * shape.Width) + other] - channel[(top * shape.Width) + left]));
                var under = channel[(bottom * shape.Width) + left] + (beside * (channel[(bottom * shape.Width) + other] - channel[(bottom * shape.Width) + left]));
                varied[(c * places) + place] = above + (below * (under - above));
            }
        }
    }

    private static double Draw(ref RandomStream random, double most) => ((2 * random.NextUniform()) - 1) * most;
}
