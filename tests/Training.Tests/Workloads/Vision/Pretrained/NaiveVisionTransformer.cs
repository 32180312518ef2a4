namespace Stepsize.Training.Tests.Workloads.Vision.Pretrained;

/// <summary>
/// The vision transformer as timm's <c>VisionTransformer</c> computes it, by its formulas (Dosovitskiy et al. 2021, equations 1 to 4) over tensors by timm's
/// names: loops in double, nothing shared with the engine.
/// </summary>
internal sealed class NaiveVisionTransformer(IReadOnlyDictionary<string, float[]> tensors, int side, int patch, int width, int blocks, int heads)
{
    private const double Epsilon = 1e-6;

    /// <summary>Scores of the classes for a picture, 3 × side × side.</summary>
    public double[] Scores(double[] picture)
    {
        var sequence = Embed(picture);
        for (var b = 0; b < blocks; b++)
        {
            sequence = Add(sequence, Attend([.. sequence.Select(t => Normalise(t, $"blocks.{b}.norm1"))], $"blocks.{b}.attn"));
            sequence = Add(sequence, [.. sequence.Select(t => Perceive(Normalise(t, $"blocks.{b}.norm2"), $"blocks.{b}.mlp"))]);
        }

        return Affine(Normalise(sequence[0], "norm"), "head");
    }

    private double[][] Embed(double[] picture)
    {
        var (grid, kernel, bias) = (side / patch, tensors["patch_embed.proj.weight"], tensors["patch_embed.proj.bias"]);
        var sequence = new double[1 + (grid * grid)][];
        sequence[0] = [.. tensors["cls_token"].Select(v => (double)v)];
        for (var row = 0; row < grid; row++)
        {
            for (var column = 0; column < grid; column++)
            {
                var token = new double[width];
                for (var f = 0; f < width; f++)
                {
                    token[f] = bias[f];
                    for (var c = 0; c < 3; c++)
                    {
                        for (var y = 0; y < patch; y++)
                        {
                            for (var x = 0; x < patch; x++)
                            {
                                token[f] += kernel[(((((f * 3) + c) * patch) + y) * patch) + x] * picture[(((c * side) + (row * patch) + y) * side) + (column * patch) + x];
                            }
                        }
                    }
                }

                sequence[1 + (row * grid) + column] = token;
            }
        }

        var positions = tensors["pos_embed"];
        return [.. sequence.Select((token, t) => token.Select((v, f) => v + positions[(t * width) + f]).ToArray())];
    }

    /// <summary>qkv(x) reshaped to [time][3][heads][width of a head]; softmax(q kᵀ/√width) v; heads beside each other; projection.</summary>
    private double[][] Attend(double[][] sequence, string name)
    {
        var headWidth = width / heads;
        var projected = sequence.Select(t => Affine(t, $"{name}.qkv")).ToArray();
        var mixed = sequence.Select(_ => new double[width]).ToArray();
        for (var h = 0; h < heads; h++)
        {
            for (var t = 0; t < sequence.Length; t++)
            {
                var scores = projected.Select(other => Enumerable.Range(0, headWidth).Sum(i => Part(projected[t], 0, h, i) * Part(other, 1, h, i)) / Math.Sqrt(headWidth)).ToArray();
                var exponentials = scores.Select(s => Math.Exp(s - scores.Max())).ToArray();
                for (var i = 0; i < headWidth; i++)
                {
                    mixed[t][(h * headWidth) + i] = projected.Select((other, s) => exponentials[s] / exponentials.Sum() * Part(other, 2, h, i)).Sum();
                }
            }
        }

        return [.. mixed.Select(t => Affine(t, $"{name}.proj"))];

        double Part(double[] token, int which, int head, int i) => token[(which * width) + (head * headWidth) + i];
    }

    private double[] Perceive(double[] token, string name) =>
        Affine([.. Affine(token, $"{name}.fc1").Select(x => 0.5 * x * (1 + Erf(x / Math.Sqrt(2))))], $"{name}.fc2");

    private double[] Normalise(double[] token, string name)
    {
        var mean = token.Average();
        var variance = token.Average(v => (v - mean) * (v - mean));
        return [.. token.Select((v, f) => ((v - mean) / Math.Sqrt(variance + Epsilon) * tensors[$"{name}.weight"][f]) + tensors[$"{name}.bias"][f])];
    }

    private double[] Affine(double[] x, string name)
    {
        var (weight, bias) = (tensors[$"{name}.weight"], tensors[$"{name}.bias"]);
        return [.. bias.Select((b, row) => b + x.Select((v, column) => v * weight[(row * x.Length) + column]).Sum())];
    }

    private static double[][] Add(double[][] a, double[][] b) => [.. a.Zip(b, (x, y) => x.Zip(y, (v, w) => v + w).ToArray())];

    /// <summary>2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n + 1)): all terms have one sign, so nothing cancels.</summary>
    private static double Erf(double x)
    {
        var (sum, term) = (0.0, x);
        for (var n = 1; Math.Abs(term) > 1e-18 * Math.Abs(sum) && n < 2000; n++)
        {
            sum += term;
            term *= 2 * x * x / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
