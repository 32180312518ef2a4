using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Data.Sweeps;

/// <summary>
/// Reads sweeps piece by piece, for those who page, filter or stream; <see cref="ISweepStore"/> gives whole ones. Nothing here keeps a transaction open
/// between two pieces: a slow reader stands in nobody's way.
/// </summary>
public interface IRunReader
{
    /// <returns>Null where there is no such sweep.</returns>
    Task<SweepHead?> FindSweepAsync(long sweepId, CancellationToken cancellation);

    /// <returns>Null where there is no such run.</returns>
    Task<RunOfSweep?> FindRunAsync(long runId, CancellationToken cancellation);

    /// <summary>Some of the wanted runs of a sweep, in the order of the grid.</summary>
    /// <param name="offset">Runs to pass over.</param>
    Task<RunPage> ReadPageAsync(long sweepId, RunFilter filter, int offset, int limit, CancellationToken cancellation);

    /// <summary>The wanted runs of a sweep, in the order of the grid, however many there are.</summary>
    IAsyncEnumerable<RunRow> StreamAsync(long sweepId, RunFilter filter, CancellationToken cancellation);

    /// <summary>Runs of any sweeps, in the order given; those that are not there are left out.</summary>
    IAsyncEnumerable<RunOfSweep> StreamAsync(IReadOnlyList<long> runIds, CancellationToken cancellation);

    /// <returns>Those of the runs that are not there.</returns>
    Task<IReadOnlyList<long>> FindMissingAsync(IReadOnlyList<long> runIds, CancellationToken cancellation);
}

/// <summary>A sweep without its runs.</summary>
/// <param name="Measures">Those that an evaluation so far holds. A stored measure that is one of them and has no number was NaN.</param>
public sealed record SweepHead(SweepSummary Summary, SweepSpecification Specification, IReadOnlyList<Measure> Measures);

/// <summary>A run and the sweep it belongs to.</summary>
public sealed record RunOfSweep(SweepHead Sweep, RunRow Run);

/// <summary>Some of a sweep's runs.</summary>
/// <param name="Total">Runs that the filter lets through.</param>
public sealed record RunPage(int Total, IReadOnlyList<RunRow> Runs);
