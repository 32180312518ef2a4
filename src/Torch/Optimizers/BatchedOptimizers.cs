using Stepsize.Training.Optimizers;

namespace Stepsize.Torch.Optimizers;

/// <summary>The batched form of every optimizer that has one.</summary>
internal static class BatchedOptimizers
{
    /// <summary>Whether it can be trained in a program of many runs. A line search cannot: each run needs another number of losses.</summary>
    public static bool Has(OptimizerDefinition definition) => Constructor(definition) is not null;

    /// <exception cref="NotSupportedException">It has no batched form.</exception>
    public static BatchedOptimizer Create(OptimizerRuns runs) =>
        Constructor(runs.Definition)?.Invoke(runs) ?? throw new NotSupportedException($"{runs.Definition.Id} has no batched form.");

    private static Func<OptimizerRuns, BatchedOptimizer>? Constructor(OptimizerDefinition definition) => definition switch
    {
        SgdConstant or SgdDecaySqrt => runs => new ScheduledDescent(runs),
        AdaLoss => runs => new LossDescent(runs),
        SgdMomentum or SgdMNg or SgdMNgAdap or SgdMClip => runs => new MomentumDescent(runs),
        Adam or AdamSqrt or AdamLoss or AdamNg or AdamNgAdap or AdamClip => runs => new AdamDescent(runs),
        AdaGradCoordinate or AdaGradNg or AdaGradClip => runs => new AdaGradDescent(runs),
        AdaGradBng => runs => new BlockNormalizedAdaGrad(runs),
        RmsProp => runs => new RmsPropDescent(runs),
        AdaGradNorm or AdaGradNormMomentum or WnGrad => runs => new NormDescent(runs),
        AdaLip => runs => new AdaLipGradient(runs),
        AdaLipU => runs => new AdaLipUpdate(runs),
        RmsLip or AdamLip or RmsLipU or AdamLipU => runs => new AdaLipCoordinates(runs),
        _ => null,
    };
}
