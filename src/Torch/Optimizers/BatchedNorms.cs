using Stepsize.Torch.Parameters;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>Squared Euclidean norms of parts of each run's parameters or gradient, in double whatever they are: squares of small gradients underflow float.</summary>
internal static class BatchedNorms
{
    /// <summary>‖·‖² of everything [k, 1].</summary>
    public static Tensor OfAll(Tensor matrix) => matrix.to(ScalarType.Float64).square().sum(1, keepdim: true);

    /// <summary>‖·‖² of each parameter tensor [k, tensors].</summary>
    public static Tensor OfTensors(BatchedLayout layout, Tensor matrix) =>
        cat([.. Enumerable.Range(0, layout.Count).Select(i => layout.Flat(matrix, i).to(ScalarType.Float64).square().sum(1, keepdim: true))], 1);

    /// <summary>‖·‖² of each row of each parameter tensor [k, rows of all]: of neurons and output channels.</summary>
    public static Tensor OfRows(BatchedLayout layout, Tensor matrix) =>
        cat([.. Enumerable.Range(0, layout.Count).Select(i => layout.Rows(matrix, i).to(ScalarType.Float64).square().sum(2))], 1);

    /// <summary>‖·‖ of each block [k, blocks]: a block is all tensors of a layer.</summary>
    public static Tensor OfBlocks(BatchedLayout layout, Tensor matrix)
    {
        var tensors = OfTensors(layout, matrix);
        var segments = layout.Layout.Segments;
        return cat(
        [
            .. Enumerable.Range(0, layout.Layout.BlockCount).Select(block => segments.Index().Where(s => s.Item.Block == block)
                .Select(s => tensors.narrow(1, s.Index, 1)).Aggregate((sum, next) => sum + next)),
        ],
        1).sqrt_();
    }

    /// <summary>Multiplies each parameter tensor by a factor of its block.</summary>
    /// <param name="factors">[k, blocks], in double.</param>
    public static void ScaleBlocks(BatchedLayout layout, Tensor matrix, Tensor factors)
    {
        var typed = factors.to(matrix.dtype);
        for (var i = 0; i < layout.Count; i++)
        {
            layout.Flat(matrix, i).mul_(typed.narrow(1, layout.Layout.Segments[i].Block, 1));
        }
    }
}
