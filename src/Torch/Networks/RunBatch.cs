using static TorchSharp.torch;

namespace Stepsize.Torch.Networks;

/// <summary>
/// Forms of what is between layers. Values of R runs and B examples are [R, B, the example's axes]; where all runs still have the same, such as the inputs, the
/// first axis is 1. Layers over images take [B, R · channels, height, width], so that runs are groups of channels.
/// </summary>
internal static class RunBatch
{
    /// <summary>With a first axis of R whatever it was: no copy.</summary>
    public static Tensor ForRuns(this Tensor x, long runs) => x.shape[0] == runs ? x : x.expand([runs, .. x.shape[1..]]);

    /// <summary>[R, B, channels, …] as [B, R · channels, …].</summary>
    public static Tensor MergeChannels(this Tensor x)
    {
        var shape = x.shape;
        return x.transpose(0, 1).reshape([shape[1], shape[0] * shape[2], .. shape[3..]]);
    }

    /// <summary>[B, R · channels, …] as [R, B, channels, …].</summary>
    public static Tensor SplitChannels(this Tensor x, long runs)
    {
        var shape = x.shape;
        return x.reshape([shape[0], runs, shape[1] / runs, .. shape[2..]]).transpose(0, 1);
    }

    /// <summary>[R, …] with n axes of one after the first, to be spread over what has them.</summary>
    public static Tensor AfterRuns(this Tensor parameter, int axes)
    {
        var shape = parameter.shape;
        return parameter.view([shape[0], .. Enumerable.Repeat(1L, axes), .. shape[1..]]);
    }
}
