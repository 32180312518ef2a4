using Stepsize.Training.Theory;

namespace Stepsize.Web.Views.Theory;

/// <summary>What theory knows of a problem before it is trained.</summary>
/// <param name="Smoothness">L, the largest curvature of the training loss.</param>
/// <param name="Constants">Other numbers by symbol, such as λ₀.</param>
public sealed record TheoryFacts(double Smoothness, IReadOnlyDictionary<string, double> Constants)
{
    /// <summary>The same of single mini-batches; null where batches are the whole set or nothing is known.</summary>
    public BatchCurvature? Batch { get; init; }
}
