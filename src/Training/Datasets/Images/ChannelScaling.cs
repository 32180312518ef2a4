using System.Numerics;

namespace Stepsize.Training.Datasets.Images;

/// <summary>How bytes become numbers: scaled to [0, 1], then each channel less its mean and divided by its deviation.</summary>
internal sealed record ChannelScaling(IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)
{
    /// <summary>Red, green and blue in [0, 1].</summary>
    public static ChannelScaling UnitRange { get; } = new([0, 0, 0], [1, 1, 1]);

    /// <summary>Red, green and blue in [−1, 1], as vision transformers are trained on.</summary>
    public static ChannelScaling Symmetric { get; } = new([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]);

    /// <summary>Mean and deviation of ImageNet's training pictures, as customary.</summary>
    public static ChannelScaling ImageNet { get; } = new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>By mean and deviation of all pixels of these images; a channel of one value is left undivided.</summary>
    public static ChannelScaling Of(ImageExamples images)
    {
        var (channels, height, width) = images.Shape;
        var counts = new long[channels, 256];
        for (var i = 0; i < images.Pixels.Length; i++)
        {
            counts[i / (height * width) % channels, images.Pixels[i]]++;
        }

        var means = new double[channels];
        var deviations = new double[channels];
        for (var c = 0; c < channels; c++)
        {
            double count = 0, sum = 0, squares = 0;
            for (var value = 0; value < 256; value++)
            {
                count += counts[c, value];
                sum += counts[c, value] * (value / 255.0);
            }

            means[c] = sum / count;
            for (var value = 0; value < 256; value++)
            {
                squares += counts[c, value] * Math.Pow((value / 255.0) - means[c], 2);
            }

            deviations[c] = squares > 0 ? Math.Sqrt(squares / count) : 1;
        }

        return new ChannelScaling(means, deviations);
    }

    /// <summary>The number of every byte: 256 of the first channel, then of the next.</summary>
    public T[] Table<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, 256 * Means.Count).Select(i => T.CreateChecked(((i % 256 / 255.0) - Means[i / 256]) / Deviations[i / 256]))];

    /// <summary>Scales an image, channel after channel.</summary>
    /// <param name="table">As <see cref="Table"/> made it.</param>
    public static void Apply<T>(T[] table, ReadOnlySpan<byte> pixels, Span<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var places = pixels.Length * 256 / table.Length;
        for (var c = 0; c < table.Length / 256; c++)
        {
            var values = table.AsSpan(c * 256, 256);
            for (var i = c * places; i < (c + 1) * places; i++)
            {
                numbers[i] = values[pixels[i]];
            }
        }
    }
}
