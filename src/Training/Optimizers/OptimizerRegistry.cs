namespace Stepsize.Training.Optimizers;

/// <summary>Every optimizer there is. A new one is its file and a line here.</summary>
public static class OptimizerRegistry
{
    public static IReadOnlyList<OptimizerDefinition> All { get; } =
    [
        new SgdConstant(),
        new SgdDecaySqrt(),
        new SgdMomentum(),
        new GdLineSearch(),
        new AdaGradCoordinate(),
        new RmsProp(),
        new Adam(),
        new AdaGradNorm(),
        new AdaGradNormMomentum(),
        new WnGrad(),
        new AdaLoss(),
        new AdamLoss(),
        new AdamSqrt(),
        new AdaLip(),
        new RmsLip(),
        new AdamLip(),
        new AdaLipU(),
        new RmsLipU(),
        new AdamLipU(),
        new SgdMNg(),
        new SgdMNgAdap(),
        new SgdMClip(),
        new AdamNg(),
        new AdamNgAdap(),
        new AdamClip(),
        new AdaGradNg(),
        new AdaGradClip(),
        new AdaGradBng(),
    ];

    /// <summary>The optimizer of this id, or null.</summary>
    public static OptimizerDefinition? Find(string? id) => All.FirstOrDefault(o => o.Id == id);
}
