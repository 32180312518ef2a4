using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>Base of optimizers with a stepsize for each coordinate, whose effective stepsize is the median of all.</summary>
internal abstract class CoordinateOptimizer(OptimizerRuns runs) : BatchedOptimizer(runs)
{
    private readonly MiddleValues _middle = new(runs.Layout, runs.Device);

    /// <summary>The median of a decreasing function of a state matrix [k].</summary>
    /// <param name="matrix">Never negative.</param>
    /// <param name="stepsize">From [k, 1] to [k, 1].</param>
    protected Tensor MedianOf(Tensor matrix, Func<Tensor, Tensor> stepsize)
    {
        var (lower, upper) = _middle.OfRows(matrix);
        return MiddleValues.Mean(stepsize(lower.unsqueeze(1)), stepsize(upper.unsqueeze(1))).squeeze(1);
    }

    public override void Dispose()
    {
        _middle.Dispose();
        base.Dispose();
    }
}
