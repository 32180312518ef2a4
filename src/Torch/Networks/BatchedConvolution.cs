using Stepsize.Training.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Stepsize.Torch.Networks;

/// <summary>
/// A convolution with a kernel for each run: the runs are groups of channels. Over inputs that all runs have in common it is one convolution to the channels of
/// all, without groups.
/// </summary>
internal static class BatchedConvolution
{
    /// <param name="x">[R or 1, B, channels, height, width].</param>
    /// <param name="weight">[R, output channels, channels / groups, height, width].</param>
    /// <param name="bias">[R, output channels]; null for none.</param>
    public static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, Window window, int groups)
    {
        var runs = weight.shape[0];
        var isCommon = x.shape[0] == 1 && groups == 1;
        var image = isCommon ? x[0] : x.ForRuns(runs).MergeChannels();
        long[] stride = [window.Stride, window.Stride];
        long[] padding = [window.Padding, window.Padding];
        var convolved = F.conv2d(image, weight.flatten(0, 1), bias?.flatten(), strides: stride, padding: padding, groups: isCommon ? 1 : runs * groups);
        return convolved.SplitChannels(runs);
    }
}
