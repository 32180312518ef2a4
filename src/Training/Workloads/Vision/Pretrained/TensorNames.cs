namespace Stepsize.Training.Workloads.Vision.Pretrained;

/// <summary>What a program calls the tensors of a vision transformer, and how it lays them out.</summary>
/// <param name="Program">Whose names these are.</param>
/// <param name="Parameters">By our name, the parts that a parameter is put together from, one after another along the first axis; without position embedding and last layer.</param>
/// <param name="Position">The position embedding, [1][1 + patches][features].</param>
/// <param name="HeadWeight">The last layer's weight.</param>
/// <param name="HeadIsTransposed">Whether it is [features][classes] and not [classes][features].</param>
/// <param name="HeadBias">The last layer's bias, [classes].</param>
internal sealed record TensorNames(
    string Program, IReadOnlyDictionary<string, IReadOnlyList<TensorPart>> Parameters, string Position, string HeadWeight, bool HeadIsTransposed, string HeadBias)
{
    /// <summary>
    /// Those of timm's <c>vit_small_patch16_224</c> (R. Wightman, PyTorch Image Models) and of all its plain vision transformers: queries, keys and values in one
    /// matrix, as here, and every weight [outputs][inputs].
    /// </summary>
    public static TensorNames Timm(VisionTransformerSize size)
    {
        var (_, patch, width, blocks, _) = size;
        var parameters = Start(new("patch_embed.proj.weight", [width, 3, patch, patch]), "patch_embed.proj.bias", "cls_token", width);
        for (var i = 0; i < blocks; i++)
        {
            var (theirs, attention, perceptron) = ($"blocks.{i}", $"block{(2 * i) + 1}", $"block{(2 * i) + 2}");
            Layer($"{attention}.ln1", $"{theirs}.norm1", width);
            Add($"{attention}.attention1.in_proj_weight", $"{theirs}.attn.qkv.weight", 3 * width, width);
            Add($"{attention}.attention1.in_proj_bias", $"{theirs}.attn.qkv.bias", 3 * width);
            Layer($"{attention}.attention1.out_proj", $"{theirs}.attn.proj", width, width);
            Layer($"{perceptron}.ln1", $"{theirs}.norm2", width);
            Layer($"{perceptron}.fc1", $"{theirs}.mlp.fc1", 4 * width, width);
            Layer($"{perceptron}.fc2", $"{theirs}.mlp.fc2", width, 4 * width);
        }

        Layer("ln1", "norm", width);
        return new TensorNames("timm", parameters, "pos_embed", "head.weight", false, "head.bias");

        void Layer(string ours, string theirs, params int[] shape)
        {
            Add($"{ours}.weight", $"{theirs}.weight", shape);
            Add($"{ours}.bias", $"{theirs}.bias", shape[0]);
        }

        void Add(string ours, string theirs, params int[] shape) => parameters.Add(ours, [new TensorPart(theirs, shape)]);
    }

    /// <summary>
    /// Those of the npz files of Google's <c>vision_transformer</c> (Dosovitskiy et al. 2021; Steiner et al. 2021), written by Flax: dense weights are
    /// [inputs][outputs], convolutions [height][width][inputs][outputs], and queries, keys and values apart, each [features][heads][width of a head].
    /// </summary>
    public static TensorNames Flax(VisionTransformerSize size)
    {
        var (_, patch, width, blocks, heads) = size;
        var parameters = Start(new("embedding/kernel", [patch, patch, 3, width], [3, 2, 0, 1]), "embedding/bias", "cls", width);
        for (var i = 0; i < blocks; i++)
        {
            var (theirs, attention, perceptron) = ($"Transformer/encoderblock_{i}", $"block{(2 * i) + 1}", $"block{(2 * i) + 2}");
            var attended = $"{theirs}/MultiHeadDotProductAttention_1";
            string[] projections = [$"{attended}/query", $"{attended}/key", $"{attended}/value"];
            Norm($"{attention}.ln1", $"{theirs}/LayerNorm_0");
            parameters.Add($"{attention}.attention1.in_proj_weight", [.. projections.Select(p => new TensorPart($"{p}/kernel", [width, heads, width / heads], [1, 2, 0]))]);
            parameters.Add($"{attention}.attention1.in_proj_bias", [.. projections.Select(p => new TensorPart($"{p}/bias", [heads, width / heads]))]);
            parameters.Add($"{attention}.attention1.out_proj.weight", [new TensorPart($"{attended}/out/kernel", [heads, width / heads, width], [2, 0, 1])]);
            parameters.Add($"{attention}.attention1.out_proj.bias", [new TensorPart($"{attended}/out/bias", [width])]);
            Norm($"{perceptron}.ln1", $"{theirs}/LayerNorm_2");
            Dense($"{perceptron}.fc1", $"{theirs}/MlpBlock_3/Dense_0", width, 4 * width);
            Dense($"{perceptron}.fc2", $"{theirs}/MlpBlock_3/Dense_1", 4 * width, width);
        }

        Norm("ln1", "Transformer/encoder_norm");
        return new TensorNames("Google's vision_transformer", parameters, "Transformer/posembed_input/pos_embedding", "head/kernel", true, "head/bias");

        void Norm(string ours, string theirs)
        {
            parameters.Add($"{ours}.weight", [new TensorPart($"{theirs}/scale", [width])]);
            parameters.Add($"{ours}.bias", [new TensorPart($"{theirs}/bias", [width])]);
        }

        void Dense(string ours, string theirs, int inputs, int outputs)
        {
            parameters.Add($"{ours}.weight", [new TensorPart($"{theirs}/kernel", [inputs, outputs], [1, 0])]);
            parameters.Add($"{ours}.bias", [new TensorPart($"{theirs}/bias", [outputs])]);
        }
    }

    private static Dictionary<string, IReadOnlyList<TensorPart>> Start(TensorPart patches, string patchBias, string classToken, int width) => new(StringComparer.Ordinal)
    {
        ["conv1.weight"] = [patches],
        ["conv1.bias"] = [new TensorPart(patchBias, [width])],
        ["token1.weight"] = [new TensorPart(classToken, [1, 1, width])],
    };
}
