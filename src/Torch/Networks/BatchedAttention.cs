using Stepsize.Training.Networks;
using static TorchSharp.torch;

namespace Stepsize.Torch.Networks;

/// <summary>Multi-head self-attention for each run: softmax(Q Kᵀ/√width) V in each head.</summary>
internal static class BatchedAttention
{
    /// <param name="x">[R or 1, B, times, features].</param>
    public static Tensor Apply(LayerPlan plan, int heads, Tensor x, BatchedPass pass)
    {
        var (examples, times, features) = (x.shape[1], plan.Input[0], plan.Input[1]);
        var width = features / heads;

        // [3, R, B, heads, times, width].
        var projected = BatchedProduct.Affine(x, pass.Of(plan, 0), pass.Of(plan, 1))
            .view(pass.Runs, examples, times, 3, heads, width).permute(3, 0, 1, 4, 2, 5);
        var scores = matmul(projected[0], projected[1].transpose(-2, -1)) * (1 / Math.Sqrt(width));
        var mixed = matmul(scores.softmax(-1), projected[2]).transpose(2, 3).reshape(pass.Runs, examples, times, features);
        return BatchedProduct.Affine(mixed, pass.Of(plan, 2), pass.Of(plan, 3));
    }
}
