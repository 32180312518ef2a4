namespace Stepsize.Training.Papers.Statistics;

/// <summary>How a paper turns runs into one printed number. A subclass is its constructor and its computation.</summary>
public abstract record CellStatistic
{
    /// <summary>What it is, for people, such as <c>test accuracy at the end, mean over runs</c>.</summary>
    public abstract string Meaning { get; }

    /// <summary>Whether every epoch's end has to be measured, not the last alone.</summary>
    public virtual bool NeedsEveryEpoch => false;

    /// <summary>Whether one number comes from all values of the axis together.</summary>
    public virtual bool IsOverAxis => false;

    /// <summary>Whether it can be read off longer runs too, which were measured on the way.</summary>
    public virtual bool CanStopEarlier => true;

    /// <summary>Whether it is no mean over runs, so that its error is found by drawing seeds again.</summary>
    public virtual bool IsResampled => IsOverAxis;

    /// <summary>The number, as a fraction where it is an accuracy or error.</summary>
    /// <param name="axis">Runs with a result, by axis value; at least one group, none of them empty.</param>
    /// <param name="length">Where the runs are read off.</param>
    /// <returns>Null where the runs do not hold what is needed.</returns>
    public abstract CellEstimate? Compute(IReadOnlyList<AxisRuns> axis, RunLength length);

    /// <summary>What the number is computed from, seed by seed, so that seeds can be drawn again; null for means over runs, whose error needs no such thing.</summary>
    /// <param name="axis">As for <see cref="Compute"/>.</param>
    /// <param name="length">As for <see cref="Compute"/>.</param>
    public virtual SeedFunction? OfSeeds(IReadOnlyList<AxisRuns> axis, RunLength length) => null;
}
