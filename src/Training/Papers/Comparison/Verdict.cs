namespace Stepsize.Training.Papers.Comparison;

/// <summary>How our number stands to the published one.</summary>
public enum Verdict
{
    /// <summary>No difference is to be seen: 0 lies in the 95% interval of the difference.</summary>
    Agrees,

    /// <summary>0 lies outside.</summary>
    Differs,

    /// <summary>There are runs, but of another protocol, or too few to know their spread.</summary>
    NotComparable,

    /// <summary>There is no run with a result.</summary>
    NotRun,
}
