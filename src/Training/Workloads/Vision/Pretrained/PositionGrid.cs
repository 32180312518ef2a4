namespace Stepsize.Training.Workloads.Vision.Pretrained;

/// <summary>
/// Learned positions of a square grid of patches, brought to another grid by cubic convolution (Keys 1981, with a = −0.75) along both axes: patches are areas, so
/// the centres of the corner patches do not stay in place, and beyond the edge is the edge's value. PyTorch's bicubic interpolation with
/// align_corners=False and without antialiasing.
/// </summary>
internal static class PositionGrid
{
    private const double A = -0.75;
    private const int Taps = 4;

    /// <param name="grid">side × side × features.</param>
    /// <returns>newSide × newSide × features.</returns>
    public static float[] Resize(ReadOnlySpan<float> grid, int side, int newSide, int features)
    {
        var places = Enumerable.Range(0, newSide).Select(i => Place(i, side, newSide)).ToArray();
        var resized = new float[newSide * newSide * features];
        var sums = new double[features];
        for (var y = 0; y < newSide; y++)
        {
            for (var x = 0; x < newSide; x++)
            {
                Array.Clear(sums);
                for (var tap = 0; tap < Taps * Taps; tap++)
                {
                    var ((rows, below), (columns, beside)) = (places[y], places[x]);
                    var weight = below[tap / Taps] * beside[tap % Taps];
                    var from = grid.Slice(((rows[tap / Taps] * side) + columns[tap % Taps]) * features, features);
                    for (var f = 0; f < features; f++)
                    {
                        sums[f] += weight * from[f];
                    }
                }

                var to = resized.AsSpan(((y * newSide) + x) * features, features);
                for (var f = 0; f < features; f++)
                {
                    to[f] = (float)sums[f];
                }
            }
        }

        return resized;
    }

    /// <summary>The four patches around a place of the new grid, and the weight of each.</summary>
    private static (int[] Index, double[] Weight) Place(int index, int side, int newSide)
    {
        var at = ((index + 0.5) * side / newSide) - 0.5;
        var first = (int)Math.Floor(at) - 1;
        return (
            [.. Enumerable.Range(first, Taps).Select(i => Math.Clamp(i, 0, side - 1))],
            [.. Enumerable.Range(first, Taps).Select(i => Kernel(Math.Abs(at - i)))]);
    }

    private static double Kernel(double distance) => distance switch
    {
        <= 1 => ((((A + 2) * distance) - (A + 3)) * distance * distance) + 1,
        < 2 => ((((A * distance) - (5 * A)) * distance + (8 * A)) * distance) - (4 * A),
        _ => 0,
    };
}
