using System.Globalization;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Recording;

/// <summary>
/// Whether a batch that was tried before is stored: where a connection breaks or a disk fails while a transaction is committed, the writer does not know. Since
/// a batch is stored whole or not at all, one run that it advances or ends tells. Where it holds no such run, writing it again changes nothing.
/// </summary>
internal static class StoredBatch
{
    /// <summary>Called first in the transaction that would write the batch again.</summary>
    public static async Task<bool> IsStoredAsync(Statements statements, IReadOnlyList<RecordItem> items)
    {
        foreach (var run in items.GroupBy(i => i.Run!.Key).Where(Tells))
        {
            // Waits for a commit that the server may still be at, which a mere reader would not.
            await statements.ExecuteAsync(SegmentSql.Touch, ("@run", run.Key));
            if (await statements.ReadRowAsync(SegmentSql.FindEnd, ("@run", run.Key)) is { } row)
            {
                return HasReached(run.LastOrDefault(i => i.Segment is { Count: > 0 })?.Segment, Convert.ToInt32(row[1], CultureInfo.InvariantCulture))
                    && HasEnded(run.Select(i => i.Segment?.Result).LastOrDefault(r => r is not null), (string)row[0], row[2] as string);
            }
        }

        return false;
    }

    private static bool HasReached(RunSegment? last, int iterations) => last is null || iterations == last.FirstIteration - 1 + last.Count;

    private static bool HasEnded(RunResult? result, string status, string? outcome) =>
        result is null || (status == nameof(RunStatus.Finished) && outcome == result.Outcome.ToString());

    /// <summary>
    /// A start sets the run back to its checkpoint, from where it may by chance have reached the same iteration in an earlier sitting; written again, it sets back
    /// what followed it too.
    /// </summary>
    private static bool Tells(IEnumerable<RecordItem> run) =>
        run.Any(i => i.Segment?.Result is not null) || (run.First().Segment is not null && run.Any(i => i.Segment is { Count: > 0 }));
}
