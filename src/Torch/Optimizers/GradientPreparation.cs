using Stepsize.Torch.Parameters;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>What becomes of the gradient before a base optimizer sees it, in the optimizers of "Block-normalized gradient" (ICLR 2018 submission); nothing in all others.</summary>
internal abstract class GradientPreparation
{
    /// <summary>Largest factor: a float cannot hold the inverse of a smaller norm, nor the CPU engine such a norm.</summary>
    private const double LargestFactor = 3.4e38;

    public static GradientPreparation Of(OptimizerDefinition definition, OptionSet options) => definition switch
    {
        SgdMNg or AdamNg or AdaGradNg => new Normalised(),
        SgdMNgAdap or AdamNgAdap => new NormalisedTo(options.Number("alpha")),
        SgdMClip or AdamClip or AdaGradClip => new Clipped(options.Number("threshold")),
        _ => new Nothing(),
    };

    /// <param name="x">Parameters [k, width].</param>
    /// <param name="g">Gradients [k, width], changed in place.</param>
    public abstract void Apply(BatchedLayout layout, Tensor x, Tensor g);

    /// <summary>1/‖g_i‖ of each block [k, blocks]; 1 for a zero block, which stays zero.</summary>
    public static Tensor Inverse(Tensor norms) => where(norms.eq(0), ones_like(norms), norms.reciprocal().clamp_max(LargestFactor));

    private sealed class Nothing : GradientPreparation
    {
        public override void Apply(BatchedLayout layout, Tensor x, Tensor g)
        {
        }
    }

    /// <summary>g_i/‖g_i‖ of each block.</summary>
    private sealed class Normalised : GradientPreparation
    {
        public override void Apply(BatchedLayout layout, Tensor x, Tensor g) =>
            BatchedNorms.ScaleBlocks(layout, g, Inverse(BatchedNorms.OfBlocks(layout, g)));
    }

    /// <summary>α ‖x_i‖ g_i/‖g_i‖ of each block.</summary>
    private sealed class NormalisedTo(double alpha) : GradientPreparation
    {
        public override void Apply(BatchedLayout layout, Tensor x, Tensor g)
        {
            BatchedNorms.ScaleBlocks(layout, g, Inverse(BatchedNorms.OfBlocks(layout, g)));
            BatchedNorms.ScaleBlocks(layout, g, BatchedNorms.OfBlocks(layout, x) * alpha);
        }
    }

    /// <summary>A gradient no longer than θ, over all parameters.</summary>
    private sealed class Clipped(double threshold) : GradientPreparation
    {
        public override void Apply(BatchedLayout layout, Tensor x, Tensor g)
        {
            var norm = BatchedNorms.OfAll(g).sqrt_();
            g.mul_(where(norm.gt(threshold), norm.reciprocal() * threshold, ones_like(norm)).to(g.dtype));
        }
    }
}
