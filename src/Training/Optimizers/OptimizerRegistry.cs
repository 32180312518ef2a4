namespace Stepsize.Training.Optimizers;

/// <summary>Every optimizer there is. A new one is its file and a line here.</summary>
public static class OptimizerRegistry
{
    public static IReadOnlyList<OptimizerDefinition> All { get; } =
    [
        new SgdConstant(),
        new SgdDecaySqrt(),
        new SgdMomentum(),
        new AdaGradCoordinate(),
        new AdaGradNorm(),
    ];

    /// <summary>The optimizer of this id, or null.</summary>
    public static OptimizerDefinition? Find(string? id) => All.FirstOrDefault(o => o.Id == id);
}
