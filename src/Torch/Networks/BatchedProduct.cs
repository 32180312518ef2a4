using static TorchSharp.torch;

namespace Stepsize.Torch.Networks;

/// <summary>Products with a matrix for each run.</summary>
internal static class BatchedProduct
{
    /// <summary>y = x Wᵀ + b over the last axis.</summary>
    /// <param name="x">[R or 1, B, …, inputs].</param>
    /// <param name="weight">[R, outputs, inputs].</param>
    /// <param name="bias">[R, outputs]; null for none.</param>
    public static Tensor Affine(Tensor x, Tensor weight, Tensor? bias)
    {
        var (runs, outputs) = (weight.shape[0], weight.shape[1]);
        var rows = x.reshape(x.shape[0], -1, x.shape[^1]).ForRuns(runs);
        var product = bias is null ? bmm(rows, weight.transpose(1, 2)) : SumAndProduct(bias.unsqueeze(1), rows, weight.transpose(1, 2));
        return product.view([runs, .. x.shape[1..^1], outputs]);
    }

    /// <summary>summand + x y for each run.</summary>
    /// <remarks>TorchSharp 0.107.0 hands the operands of its baddbmm on in another order than it names them: first the factors, then the summand.</remarks>
    public static Tensor SumAndProduct(Tensor summand, Tensor x, Tensor y) => x.baddbmm(y, summand);
}
