using Stepsize.Torch.Parameters;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Stepsize.Torch.Networks;

/// <summary>The forward pass of every layer for R runs at once; libtorch differentiates it. Each gives what the CPU engine's layer gives, up to rounding.</summary>
internal static class LayerTranslation
{
    /// <summary>Applies layers one after another.</summary>
    /// <param name="x">[R or 1, B, axes].</param>
    public static Tensor Apply(ChainPlan chain, Tensor x, BatchedPass pass) => chain.Layers.Aggregate(x, (value, plan) => Apply(plan, value, pass));

    private static Tensor Apply(LayerPlan plan, Tensor x, BatchedPass pass) => plan.Layer switch
    {
        Linear => BatchedProduct.Affine(x, pass.Of(plan, 0), pass.OrNone(plan, 1)),
        Convolution layer => BatchedConvolution.Apply(x, pass.Of(plan, 0), pass.OrNone(plan, 1), layer.Window, layer.Groups),
        Lstm => BatchedLstm.Apply(plan, x, pass),
        SelfAttention layer => BatchedAttention.Apply(plan, layer.Heads, x, pass),
        BatchNorm layer => Normalise(plan, layer, x, pass),
        LayerNorm layer => (F.layer_norm(x, [plan.Input[^1]], eps: layer.Epsilon) * Spread(pass.Of(plan, 0), x)) + Spread(pass.Of(plan, 1), x),
        MaxPool { Window: var w } => Pool(x, image => F.max_pool2d(image, [w.Height, w.Width], [w.Stride, w.Stride], [w.Padding, w.Padding])),
        AveragePool { Window: var w } => Pool(x, image => F.avg_pool2d(image, [w.Height, w.Width], [w.Stride, w.Stride], [w.Padding, w.Padding])),
        GlobalAveragePool => x.flatten(3).mean([3]),
        GlobalMaxPool => x.flatten(3).max(3).values,
        MaxOverTime => x.max(2).values,
        Relu => x.relu(),
        Sigmoid => x.sigmoid(),
        Tanh => x.tanh(),
        Gelu => F.gelu(x),
        Dropout layer => pass.Trains && layer.Rate > 0 ? x * Factors(plan, layer, x, pass) : x,
        Embedding => Embed(plan, x, pass),
        ClassToken => cat([pass.Of(plan, 0).AfterRuns(1).expand(pass.Runs, x.shape[1], 1, plan.Input[1]), x.ForRuns(pass.Runs)], 2),
        PositionEmbedding => x + pass.Of(plan, 0).AfterRuns(1),
        FirstOfSequence => x.select(2, 0),
        LastOfSequence => x.select(2, plan.Input[0] - 1),
        Flatten or Reshape => x.reshape([x.shape[0], x.shape[1], .. plan.Output.Select(axis => (long)axis)]),
        Transposed => x.transpose(2, 3),
        ThinnedShortcut layer => Thin(plan, layer.Stride, x),
        Residual => Apply(plan.Branches[0], x, pass) + Apply(plan.Branches[1], x, pass),
        Concatenation => cat([.. plan.Branches.Select(branch => Apply(branch, x, pass).ForRuns(pass.Runs))], 2),
        _ => throw new NotSupportedException($"{plan.Name}, a {plan.Layer.Title}, is not translated to libtorch."),
    };

    /// <summary>[R, features] over all axes but the last.</summary>
    private static Tensor Spread(Tensor parameter, Tensor x) => parameter.AfterRuns((int)x.dim() - 2);

    private static Tensor Pool(Tensor x, Func<Tensor, Tensor> pool) => pool(x.MergeChannels()).SplitChannels(x.shape[0]);

    private static Tensor Normalise(LayerPlan plan, BatchNorm layer, Tensor x, BatchedPass pass)
    {
        var (mean, variance) = (pass.State[plan.States[0]].flatten(), pass.State[plan.States[1]].flatten());
        var normalised = F.batch_norm(
            x.ForRuns(pass.Runs).MergeChannels(), mean, variance, pass.OrNone(plan, 0)?.flatten(), pass.OrNone(plan, 1)?.flatten(), pass.Trains, layer.Momentum, layer.Epsilon);
        return normalised.SplitChannels(pass.Runs);
    }

    /// <summary>Drawn on the host from the streams of the CPU engine, and the same for all runs: they have one seed.</summary>
    private static Tensor Factors(LayerPlan plan, Dropout layer, Tensor x, BatchedPass pass)
    {
        long[] shape = [1, .. x.shape[1..]];
        var host = empty(shape, dtype: x.dtype);
        if (x.dtype == ScalarType.Float32)
        {
            layer.DrawFactors(plan, pass.Seed, pass.Iteration, Numbers.Span<float>(host));
        }
        else
        {
            layer.DrawFactors(plan, pass.Seed, pass.Iteration, Numbers.Span<double>(host));
        }

        return Numbers.ToDevice(host, x.device);
    }

    /// <summary>Word numbers are inputs, so all runs have the same.</summary>
    private static Tensor Embed(LayerPlan plan, Tensor x, BatchedPass pass)
    {
        var words = x[0].to(ScalarType.Int64);
        return pass.Of(plan, 0).index_select(1, words.flatten()).view(pass.Runs, words.shape[0], words.shape[1], plan.Output[1]);
    }

    private static Tensor Thin(LayerPlan plan, int stride, Tensor x)
    {
        var thinned = x.slice(3, 0, x.shape[3], stride).slice(4, 0, x.shape[4], stride);
        return F.pad(thinned, [0, 0, 0, 0, 0, plan.Output[0] - plan.Input[0]]);
    }
}
