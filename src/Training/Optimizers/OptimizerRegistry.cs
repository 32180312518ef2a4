namespace Stepsize.Training.Optimizers;

/// <summary>Every optimizer there is, by family. A new one is its file and a line here.</summary>
public static class OptimizerRegistry
{
    public static IReadOnlyList<OptimizerFamily> Families { get; } =
    [
        new("baselines", "Baselines", "What the papers compare with: stepsizes that stay, decay by rule, are searched for, or adapt to each coordinate.",
        [
            new SgdConstant(),
            new SgdDecaySqrt(),
            new SgdMomentum(),
            new GdLineSearch(),
            new AdaGradCoordinate(),
            new RmsProp(),
            new Adam(),
        ]),
        new("adagrad-norm", "AdaGrad-Norm", "One stepsize η/b, where b grows with the norms of all gradients so far.",
        [
            new AdaGradNorm(),
            new AdaGradNormMomentum(),
            new WnGrad(),
        ]),
        new("adaloss", "AdaLoss", "One stepsize η/b, where b grows with the losses so far, which cost nothing to know.",
        [
            new AdaLoss(),
            new AdamLoss(),
            new AdamSqrt(),
        ]),
        new("adalip", "AdaLip", "The stepsize follows an estimate of the inverse Lipschitz constant of the gradient, from consecutive gradients or updates.",
        [
            new AdaLip(),
            new RmsLip(),
            new AdamLip(),
            new AdaLipU(),
            new RmsLipU(),
            new AdamLipU(),
        ]),
        new("block-normalized", "Block-normalized gradient", "Only the direction of each block's gradient goes into the base optimizer, or its norm only up to a bound.",
        [
            new SgdMNg(),
            new SgdMNgAdap(),
            new SgdMClip(),
            new AdamNg(),
            new AdamNgAdap(),
            new AdamClip(),
            new AdaGradNg(),
            new AdaGradClip(),
            new AdaGradBng(),
        ]),
    ];

    public static IReadOnlyList<OptimizerDefinition> All { get; } = [.. Families.SelectMany(f => f.Optimizers)];

    /// <summary>The optimizer of this id, or null.</summary>
    public static OptimizerDefinition? Find(string? id) => All.FirstOrDefault(o => o.Id == id);
}
