namespace Stepsize.Training.Datasets.Weights;

/// <summary>A parameter tensor of a network, by the network's own name of it.</summary>
/// <param name="Name">Such as <c>block1.attention1.in_proj_weight</c>.</param>
/// <param name="Shape">As in the network's parameter layout.</param>
/// <param name="Values">Row-major.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values);
