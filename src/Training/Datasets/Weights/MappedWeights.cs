namespace Stepsize.Training.Datasets.Weights;

/// <summary>What a network takes of a file of weights.</summary>
/// <param name="Tensors">In the order of the network's parameters; those it starts otherwise are left out.</param>
/// <param name="Remarks">What was done that a person may not expect, a sentence each.</param>
public sealed record MappedWeights(IReadOnlyList<NamedTensor> Tensors, IReadOnlyList<string> Remarks);
