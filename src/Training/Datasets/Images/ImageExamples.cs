using System.Numerics;

namespace Stepsize.Training.Datasets.Images;

/// <summary>Images of one shape with their classes, as bytes.</summary>
/// <param name="Shape">Channels, height, width.</param>
/// <param name="Pixels">Image after image; within one, channel after channel, each row by row.</param>
/// <param name="Labels">Classes, counted from 0.</param>
internal sealed record ImageExamples((int Channels, int Height, int Width) Shape, byte[] Pixels, int[] Labels)
{
    public int PixelsOfImage => Shape.Channels * Shape.Height * Shape.Width;

    /// <summary>The pixels as numbers in [0, 1]: divided by 255.</summary>
    public T[] Scaled<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var scaled = Enumerable.Range(0, 256).Select(i => T.CreateChecked(i) / T.CreateChecked(255)).ToArray();
        var numbers = GC.AllocateUninitializedArray<T>(Pixels.Length, pinned: true);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = scaled[Pixels[i]];
        }

        return numbers;
    }

    /// <summary>All parts one after another; they have the same shape.</summary>
    public static ImageExamples Join(IReadOnlyList<ImageExamples> parts)
    {
        var pixels = new byte[parts.Sum(p => p.Pixels.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.Pixels.CopyTo(pixels, at);
            at += part.Pixels.Length;
        }

        return new ImageExamples(parts[0].Shape, pixels, [.. parts.SelectMany(p => p.Labels)]);
    }
}
