using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps;

/// <summary>What data sweeps train on: which of them use a table, and what their runs were made with.</summary>
public interface ISweepData
{
    /// <summary>Sweeps that are not in the bin and whose specification names a person's own table, oldest first.</summary>
    /// <param name="table">Such as <c>mine.csv</c>.</param>
    Task<IReadOnlyList<SweepOfTable>> OfTableAsync(string table, CancellationToken cancellation);

    /// <summary>A sweep, and the different SHA-256 by name of what its runs that have a result were trained on.</summary>
    /// <returns>Null where there is no such sweep.</returns>
    Task<SweepOrigins?> OriginsAsync(long sweepId, CancellationToken cancellation);
}

/// <summary>A sweep that uses a table.</summary>
public sealed record SweepOfTable(long Id, string Name, SweepStatus Status);

/// <summary>What the runs of a sweep were made with.</summary>
public sealed record SweepOrigins(SweepSpecification Specification, IReadOnlyList<IReadOnlyDictionary<string, string>> Data);
