using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Xunit;

namespace Stepsize.Training.Tests.Networks;

/// <summary>
/// Every layer, by the names that <c>tests/references/layers.py</c> has for the same ones in PyTorch. A new layer is a line here and one there, and
/// is then checked against differences and against PyTorch.
/// </summary>
internal static class LayerCases
{
    public static IReadOnlyDictionary<string, Layer[]> All { get; } = new Dictionary<string, Layer[]>(StringComparer.Ordinal)
    {
        ["linear"] = [new Linear(4)],
        ["linear-sequence"] = [new Linear(4, bias: false)],
        ["relu"] = [new Relu()],
        ["sigmoid"] = [new Sigmoid()],
        ["tanh"] = [new Tanh()],
        ["gelu"] = [new Gelu()],
        ["convolution"] = [new Convolution(4, 3)],
        ["convolution-stride-padding"] = [new Convolution(3, 3, stride: 2, padding: 1, bias: false)],
        ["convolution-groups"] = [new Convolution(6, 3, padding: 2, groups: 2)],
        ["convolution-rectangle"] = [new Convolution(3, new Window(3, 4))],
        ["max-pool"] = [new MaxPool(2)],
        ["max-pool-overlapping"] = [new MaxPool(3, stride: 2, padding: 1)],
        ["average-pool"] = [new AveragePool(2)],
        ["average-pool-overlapping"] = [new AveragePool(3, stride: 2, padding: 1)],
        ["global-average-pool"] = [new GlobalAveragePool()],
        ["global-max-pool"] = [new GlobalMaxPool()],
        ["max-over-time"] = [new MaxOverTime()],
        ["batch-norm"] = [new BatchNorm()],
        ["batch-norm-plain"] = [new BatchNorm(affine: false)],
        ["batch-norm-features"] = [new BatchNorm()],
        ["layer-norm"] = [new LayerNorm()],
        ["embedding"] = [new Embedding(5, 3)],
        ["lstm"] = [new Lstm(5)],
        ["lstm-two-layers"] = [new Lstm(2), new Lstm(2)],
        ["self-attention"] = [new SelfAttention(3)],
        ["residual"] = [new Residual([new Linear(5), new Relu(), new Linear(4)])],
        ["residual-shortcut"] = [new Residual([new Linear(5), new Tanh()], new Linear(5, bias: false))],
        ["concatenation"] = [new Concatenation([new Convolution(3, 1)], [new Convolution(1, 3, padding: 1), new Relu()], [])],
        ["transposed"] = [new Transposed()],
        ["class-token"] = [new ClassToken()],
        ["position-embedding"] = [new PositionEmbedding()],
        ["first-of-sequence"] = [new FirstOfSequence()],
        ["thinned-shortcut"] = [new ThinnedShortcut(5, 2)],
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
