namespace Stepsize.Training.Optimizers;

/// <summary>Optimizers of one idea, in the order in which a reader meets them.</summary>
/// <param name="Id">Such as <c>block-normalized</c>.</param>
/// <param name="Title">Such as <c>Block-normalized gradient</c>.</param>
/// <param name="Idea">What they have in common, in a sentence.</param>
public sealed record OptimizerFamily(string Id, string Title, string Idea, IReadOnlyList<OptimizerDefinition> Optimizers);
