using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Losses;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Stepsize.Torch.Networks;

/// <summary>Losses of R runs, added up in double, and predictions that are right.</summary>
internal static class BatchedLoss
{
    /// <summary>Σ of the losses of all predictions [R], in double; differentiable.</summary>
    /// <param name="outputs">[R, B, axes].</param>
    /// <param name="targets">Classes [B · predictions an example] or numbers [B, axes].</param>
    public static Tensor Sum(Loss loss, Tensor outputs, Tensor targets)
    {
        var runs = outputs.shape[0];
        switch (loss)
        {
            case SoftmaxCrossEntropy:
                var classes = targets.unsqueeze(0).expand(runs, -1).reshape(-1);
                var each = F.cross_entropy(outputs.reshape(-1, outputs.shape[^1]), classes, reduction: nn.Reduction.None);
                return each.view(runs, -1).sum(1, type: ScalarType.Float64);
            case SquaredLoss:
                var squares = (outputs - targets.unsqueeze(0)).square().reshape(runs, -1);
                return squares.sum(1, type: ScalarType.Float64) * 0.5;
            default:
                throw new NotSupportedException($"{loss.GetType().Name} is not translated to libtorch.");
        }
    }

    /// <summary>Predictions that are right [R]: the largest score, the first of equal ones, and NaN before numbers.</summary>
    public static Tensor Correct(Tensor outputs, Tensor targets) =>
        outputs.reshape(outputs.shape[0], -1, outputs.shape[^1]).argmax(-1).eq(targets.unsqueeze(0)).sum(1);

    /// <summary>Predictions whose class is among the five largest scores [R]: of equal scores the first come first, and NaN comes before numbers.</summary>
    public static Tensor CorrectInFive(Tensor outputs, Tensor targets)
    {
        var scores = outputs.reshape(outputs.shape[0], -1, outputs.shape[^1]);
        var labels = targets.view(1, -1, 1).expand(scores.shape[0], -1, 1);
        var own = scores.gather(2, labels);
        var isBefore = arange(scores.shape[2], device: scores.device).view(1, 1, -1) < labels;
        var (isNan, ownIsNan) = (scores.isnan(), own.isnan());
        var amongNumbers = isNan | (scores > own) | (scores.eq(own) & isBefore);
        return where(ownIsNan, isNan & isBefore, amongNumbers).sum(2).lt(5).sum(1);
    }
}
