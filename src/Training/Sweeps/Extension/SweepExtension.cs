namespace Stepsize.Training.Sweeps.Extension;

/// <summary>What is to be added to a sweep. <see cref="ExtensionReader"/> makes it from JSON.</summary>
public sealed record SweepExtension
{
    /// <summary>
    /// Rows to add. The values of a row whose optimizer, axis and options the sweep has already join that row; any other becomes a row of its own.
    /// Values and seeds that are there already add nothing.
    /// </summary>
    public IReadOnlyList<OptimizerGrid> Optimizers { get; init; } = [];

    public IReadOnlyList<int> Seeds { get; init; } = [];

    /// <summary>A greater length than the sweep has, in the unit that it has; null keeps it.</summary>
    public int? Epochs { get; init; }

    /// <inheritdoc cref="Epochs"/>
    public int? Iterations { get; init; }
}
