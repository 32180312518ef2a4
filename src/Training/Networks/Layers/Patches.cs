using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// The patches that a window sees, as columns of a matrix: a row for each channel and place in the window, a column for each position of it. Works on
/// one group of channels of one example.
/// </summary>
internal sealed class Patches(Window window, LayerPlan plan)
{
    private readonly int _height = plan.Input[1];
    private readonly int _width = plan.Input[2];
    private readonly int _outHeight = plan.Output[1];
    private readonly int _outWidth = plan.Output[2];

    /// <summary>Image to matrix; padding reads as zero.</summary>
    public void Gather<T>(ReadOnlySpan<T> image, Span<T> columns)
        where T : unmanaged
    {
        var row = 0;
        for (var channel = 0; channel < image.Length; channel += _height * _width)
        {
            for (var ky = 0; ky < window.Size.Height; ky++)
            {
                for (var kx = 0; kx < window.Size.Width; kx++, row++)
                {
                    var (first, end) = Inside(kx);
                    for (var oy = 0; oy < _outHeight; oy++)
                    {
                        var line = columns.Slice(((row * _outHeight) + oy) * _outWidth, _outWidth);
                        var y = (oy * window.Stride.Height) + ky - window.Padding.Height;
                        if ((uint)y >= (uint)_height || first >= end)
                        {
                            line.Clear();
                            continue;
                        }

                        line[..first].Clear();
                        line[end..].Clear();
                        var source = image[(channel + (y * _width) + X(first, kx))..];
                        if (window.Stride.Width == 1)
                        {
                            source[..(end - first)].CopyTo(line[first..]);
                            continue;
                        }

                        for (var ox = first; ox < end; ox++)
                        {
                            line[ox] = source[(ox - first) * window.Stride.Width];
                        }
                    }
                }
            }
        }
    }

    /// <summary>Matrix to image: adds up what several positions of the window saw.</summary>
    public void Scatter<T>(ReadOnlySpan<T> columns, Span<T> image)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        image.Clear();
        var row = 0;
        for (var channel = 0; channel < image.Length; channel += _height * _width)
        {
            for (var ky = 0; ky < window.Size.Height; ky++)
            {
                for (var kx = 0; kx < window.Size.Width; kx++, row++)
                {
                    var (first, end) = Inside(kx);
                    for (var oy = 0; oy < _outHeight && first < end; oy++)
                    {
                        var y = (oy * window.Stride.Height) + ky - window.Padding.Height;
                        if ((uint)y >= (uint)_height)
                        {
                            continue;
                        }

                        var line = columns.Slice((((row * _outHeight) + oy) * _outWidth) + first, end - first);
                        var target = image[(channel + (y * _width) + X(first, kx))..];
                        if (window.Stride.Width == 1)
                        {
                            TensorPrimitives.Add(target[..line.Length], line, target);
                            continue;
                        }

                        for (var i = 0; i < line.Length; i++)
                        {
                            target[i * window.Stride.Width] += line[i];
                        }
                    }
                }
            }
        }
    }

    private int X(int ox, int kx) => (ox * window.Stride.Width) + kx - window.Padding.Width;

    /// <summary>Positions whose place kx of the window lies inside the image.</summary>
    private (int First, int End) Inside(int kx)
    {
        var first = 0;
        while (first < _outWidth && X(first, kx) < 0)
        {
            first++;
        }

        var end = _outWidth;
        while (end > first && X(end - 1, kx) >= _width)
        {
            end--;
        }

        return (first, end);
    }
}
