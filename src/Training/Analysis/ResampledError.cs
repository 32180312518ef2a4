namespace Stepsize.Training.Analysis;

/// <summary>How far a statistic of a few runs scatters, as resampling tells.</summary>
/// <param name="Ours">Standard error of ours, with our number of runs.</param>
/// <param name="Published">That of the same statistic of as many runs as the paper has.</param>
/// <param name="Shift">
/// By how much the two differ on average, since a largest value or a deviation depends on how many runs went into the medians it is made of; not negative.
/// </param>
/// <param name="Degrees">Degrees of freedom of the errors: runs less one.</param>
public sealed record ResampledError(double Ours, double Published, double Shift, int Degrees)
{
    /// <summary>Half of the 95% interval of ours alone.</summary>
    public double HalfWidth => Ours == 0 ? 0 : StudentQuantile.Of(Degrees) * Ours;

    /// <summary>The same in another unit.</summary>
    public ResampledError Times(double factor) => this with { Ours = Ours * factor, Published = Published * factor, Shift = Shift * factor };
}
