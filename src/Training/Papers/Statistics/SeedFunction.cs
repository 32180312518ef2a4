namespace Stepsize.Training.Papers.Statistics;

/// <summary>A statistic over a grid as a function of what each seed measured on it.</summary>
/// <param name="Seeds">One vector a seed that every axis value has, all of the same length, without NaN.</param>
/// <param name="Of">The statistic of any number of such vectors.</param>
public sealed record SeedFunction(IReadOnlyList<double[]> Seeds, Func<IReadOnlyList<double[]>, double> Of);
