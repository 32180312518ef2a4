using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads.Vision;

namespace Stepsize.Training.Tests.Workloads.Vision.Pretrained;

/// <summary>Random weights under the names, and in the layouts, of other programs.</summary>
internal static class ForeignWeights
{
    /// <summary>timm's, written down from its modules.</summary>
    /// <param name="grid">Patches along a side that positions are learned for.</param>
    /// <param name="classes">Of the last layer; null for none.</param>
    public static Dictionary<string, (int[] Shape, float[] Values)> Timm(VisionTransformerSize size, int grid, int? classes, int seed = 1)
    {
        var (_, patch, d, blocks, _) = size;
        var shapes = new Dictionary<string, int[]>(StringComparer.Ordinal)
        {
            ["cls_token"] = [1, 1, d], ["pos_embed"] = [1, 1 + (grid * grid), d], ["patch_embed.proj.weight"] = [d, 3, patch, patch], ["patch_embed.proj.bias"] = [d],
            ["norm.weight"] = [d], ["norm.bias"] = [d],
        };
        for (var i = 0; i < blocks; i++)
        {
            foreach (var (layer, shape) in new (string, int[])[]
                { ("norm1", [d]), ("attn.qkv", [3 * d, d]), ("attn.proj", [d, d]), ("norm2", [d]), ("mlp.fc1", [4 * d, d]), ("mlp.fc2", [d, 4 * d]) })
            {
                shapes[$"blocks.{i}.{layer}.weight"] = shape;
                shapes[$"blocks.{i}.{layer}.bias"] = [shape[0]];
            }
        }

        if (classes is { } count)
        {
            (shapes["head.weight"], shapes["head.bias"]) = ([count, d], [count]);
        }

        return shapes.Select((s, i) => (s.Key, Tensor: (s.Value, Draw(s.Value, new RandomStream(seed, RandomPurpose.Data, i)))))
            .ToDictionary(t => t.Key, t => t.Tensor, StringComparer.Ordinal);
    }

    /// <summary>The same network as Flax lays it out: every tensor of timm's is taken apart index by index.</summary>
    public static Dictionary<string, (int[] Shape, float[] Values)> AsFlax(IReadOnlyDictionary<string, (int[] Shape, float[] Values)> timm, int heads)
    {
        var d = timm["norm.bias"].Shape[0];
        var w = d / heads;
        var flax = new Dictionary<string, (int[] Shape, float[] Values)>(StringComparer.Ordinal)
        {
            ["cls"] = timm["cls_token"], ["Transformer/posembed_input/pos_embedding"] = timm["pos_embed"], ["embedding/bias"] = timm["patch_embed.proj.bias"],
            ["Transformer/encoder_norm/scale"] = timm["norm.weight"], ["Transformer/encoder_norm/bias"] = timm["norm.bias"],
        };
        var (kernel, patch) = (timm["patch_embed.proj.weight"].Values, timm["patch_embed.proj.weight"].Shape[2]);
        flax["embedding/kernel"] = Make([patch, patch, 3, d], at => kernel[(((((at[3] * 3) + at[2]) * patch) + at[0]) * patch) + at[1]]);
        for (var i = 0; timm.ContainsKey($"blocks.{i}.norm1.bias"); i++)
        {
            var (theirs, ours) = ($"blocks.{i}", $"Transformer/encoderblock_{i}");
            foreach (var (norm, named) in new[] { ("norm1", "LayerNorm_0"), ("norm2", "LayerNorm_2") })
            {
                (flax[$"{ours}/{named}/scale"], flax[$"{ours}/{named}/bias"]) = (timm[$"{theirs}.{norm}.weight"], timm[$"{theirs}.{norm}.bias"]);
            }

            var (qkv, qkvBias) = (timm[$"{theirs}.attn.qkv.weight"].Values, timm[$"{theirs}.attn.qkv.bias"].Values);
            foreach (var (part, named) in new[] { "query", "key", "value" }.Index())
            {
                flax[$"{ours}/MultiHeadDotProductAttention_1/{named}/kernel"] = Make([d, heads, w], at => qkv[(((part * d) + (at[1] * w) + at[2]) * d) + at[0]]);
                flax[$"{ours}/MultiHeadDotProductAttention_1/{named}/bias"] = Make([heads, w], at => qkvBias[(part * d) + (at[0] * w) + at[1]]);
            }

            var output = timm[$"{theirs}.attn.proj.weight"].Values;
            flax[$"{ours}/MultiHeadDotProductAttention_1/out/kernel"] = Make([heads, w, d], at => output[(at[2] * d) + (at[0] * w) + at[1]]);
            flax[$"{ours}/MultiHeadDotProductAttention_1/out/bias"] = timm[$"{theirs}.attn.proj.bias"];
            foreach (var (dense, named) in new[] { ("fc1", "Dense_0"), ("fc2", "Dense_1") })
            {
                Dense($"{ours}/MlpBlock_3/{named}", $"{theirs}.mlp.{dense}");
            }
        }

        if (timm.ContainsKey("head.bias"))
        {
            Dense("head", "head");
        }

        return flax;

        void Dense(string ours, string theirs)
        {
            var (shape, weight) = timm[$"{theirs}.weight"];
            flax[$"{ours}/kernel"] = Make([shape[1], shape[0]], at => weight[(at[1] * shape[1]) + at[0]]);
            flax[$"{ours}/bias"] = timm[$"{theirs}.bias"];
        }
    }

    private static (int[] Shape, float[] Values) Make(int[] shape, Func<int[], float> value)
    {
        var (values, at) = (new float[shape.Aggregate(1, (a, b) => a * b)], new int[shape.Length]);
        for (var i = 0; i < values.Length; i++)
        {
            for (var (axis, rest) = (shape.Length - 1, i); axis >= 0; axis--)
            {
                (at[axis], rest) = (rest % shape[axis], rest / shape[axis]);
            }

            values[i] = value(at);
        }

        return (shape, values);
    }

    private static float[] Draw(int[] shape, RandomStream random) =>
        [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)(0.3 * random.NextNormal()))];
}
