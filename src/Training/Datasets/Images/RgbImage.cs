namespace Stepsize.Training.Datasets.Images;

/// <summary>A decoded picture: rows of red, green and blue bytes.</summary>
internal sealed record RgbImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>
    /// Scales the shorter side to <paramref name="shorter"/> and cuts out the middle, the preparation usual for ImageNet's validation. Bilinear;
    /// where the picture is made smaller, over the area that a pixel then covers.
    /// </summary>
    /// <returns>Channel after channel, each <paramref name="side"/> × <paramref name="side"/> bytes.</returns>
    public byte[] CentreCrop(int shorter, int side)
    {
        var scale = (double)Math.Min(Width, Height) / shorter;
        var columns = Weights(Width, scale, side);
        var rows = Weights(Height, scale, side);
        var narrow = new float[Height * side * 3];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (first, weights) = columns[x];
                for (var c = 0; c < 3; c++)
                {
                    var sum = 0f;
                    for (var k = 0; k < weights.Length; k++)
                    {
                        sum += weights[k] * Pixels[(((y * Width) + first + k) * 3) + c];
                    }

                    narrow[(((y * side) + x) * 3) + c] = sum;
                }
            }
        }

        var result = new byte[3 * side * side];
        for (var i = 0; i < result.Length; i++)
        {
            var (c, y, x) = (i / (side * side), i / side % side, i % side);
            var (first, weights) = rows[y];
            var sum = 0f;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += weights[k] * narrow[((((first + k) * side) + x) * 3) + c];
            }

            result[i] = (byte)Math.Clamp(MathF.Round(sum), 0, 255);
        }

        return result;
    }

    /// <summary>For each pixel of the result: the first pixel of the source that it takes from, and how much of it and of those after it.</summary>
    private static (int First, float[] Weights)[] Weights(int length, double scale, int side)
    {
        var start = (length - (side * scale)) / 2;
        var reach = Math.Max(1, scale);
        var all = new (int, float[])[side];
        for (var i = 0; i < side; i++)
        {
            var centre = start + ((i + 0.5) * scale) - 0.5;
            var first = Math.Clamp((int)Math.Ceiling(centre - reach), 0, length - 1);
            var last = Math.Clamp((int)Math.Floor(centre + reach), first, length - 1);
            var weights = Enumerable.Range(first, last - first + 1).Select(j => Math.Max(0, 1 - (Math.Abs(j - centre) / reach))).ToArray();
            var sum = weights.Sum();
            all[i] = (first, Array.ConvertAll(weights, w => sum > 0 ? (float)(w / sum) : 1f / weights.Length));
        }

        return all;
    }
}
