using Stepsize.Training.Datasets.Weights;

namespace Stepsize.Training.Workloads.Vision.Pretrained;

/// <summary>Every network that pretrained weights can be brought in for.</summary>
public static class WeightsTargets
{
    public static IReadOnlyList<WeightsTarget> All { get; } = [new VisionTransformerCifar100().Target];

    /// <summary>The target of this id, or null.</summary>
    public static WeightsTarget? Find(string? id) => All.FirstOrDefault(t => t.Id == id);
}
