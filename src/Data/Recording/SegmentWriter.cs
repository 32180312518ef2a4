using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Stepsize.Data.Database;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Recording;

/// <summary>
/// Writes a batch of starts and segments in one transaction. A segment is written only where the run's stored iterations end just before it, which the
/// statement that advances them checks itself: no iteration can be missing or there twice, whoever else writes. Where the cohort is trained under a fence, the
/// same statements ask for it.
/// </summary>
internal sealed class SegmentWriter(IDbContextFactory<StepsizeContext> contexts)
{
    /// <param name="items">Written together, or not at all.</param>
    /// <exception cref="LostLeaseException">The fence of a cohort or run does not hold any more: nothing was written.</exception>
    /// <param name="mayBeStored">Whether they were tried before, and the database failed: should they be stored all the same, nothing is written.</param>
    public async Task WriteAsync(IReadOnlyList<RecordItem> items, bool mayBeStored)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await using (var statements = new Statements(transaction.GetDbTransaction()))
        {
            // First, as whoever changes a cohort does: nobody then waits for a run while he keeps a cohort that another waits for.
            await HoldCohortsAsync(statements, items);
            if (mayBeStored && await StoredBatch.IsStoredAsync(statements, items))
            {
                return;
            }

            await WriteAsync(statements, items);
        }

        await transaction.CommitAsync();
    }

    private static async Task WriteAsync(Statements statements, IReadOnlyList<RecordItem> items)
    {
        // Of several checkpoints of a run in one batch only the last would survive, and none where the run ends.
        var checkpoints = new Dictionary<long, RunCheckpoint?>();
        foreach (var item in items)
        {
            var run = item.Run!;
            if (item.Segment is not { } segment)
            {
                await StartAsync(statements, item);
                continue;
            }

            await AdvanceAsync(statements, item, segment);
            await WriteEvaluationsAsync(statements, run.Key, segment.Evaluations);
            await WriteColumnsAsync(statements, run.Key, segment);
            if (segment.Checkpoint is not null || segment.Result is not null)
            {
                checkpoints[run.Key] = segment.Result is null ? segment.Checkpoint : null;
            }
        }

        foreach (var (run, checkpoint) in checkpoints)
        {
            await ReplaceCheckpointAsync(statements, run, checkpoint);
        }
    }

    /// <summary>In the order of their numbers, so that two writers do not wait for each other.</summary>
    private static async Task HoldCohortsAsync(Statements statements, IReadOnlyList<RecordItem> items)
    {
        foreach (var recorder in items.Select(i => i.Recorder).Distinct().Where(r => r.Fence is not null).OrderBy(r => r.Fence!.CohortId))
        {
            if (await statements.ReadRowAsync(SegmentSql.HoldCohort, ("@cohort", recorder.Fence!.CohortId), ("@fence", recorder.Fence.Number)) is null)
            {
                throw new LostLeaseException(recorder, run: null);
            }
        }
    }

    /// <summary>Sets the run running, and takes back what an earlier sitting stored after the checkpoint that this one goes on from.</summary>
    private static async Task StartAsync(Statements statements, RecordItem item)
    {
        var run = item.Run!;
        var resumed = run.ResumeFrom?.Iteration ?? 0;
        var stored = await FindAsync(statements, item);
        var status = (string)stored[0];
        var made = Convert.ToInt32(stored[1], CultureInfo.InvariantCulture);
        if (status == nameof(RunStatus.Finished) || made < resumed)
        {
            throw new RecordingException("The run was ended or changed elsewhere while it waited to be trained.");
        }

        if (status == nameof(RunStatus.Running))
        {
            foreach (var sql in SegmentSql.Rewind)
            {
                await statements.ExecuteAsync(sql, ("@run", run.Key), ("@resumed", resumed));
            }
        }

        await ExecuteAsync(
            statements, item, SegmentSql.StartRun, SegmentSql.StartFencedRun,
            ("@run", run.Key), ("@resumed", resumed), ("@provenance", JsonSerializer.Serialize(item.Provenance!)));
    }

    private static async Task<object[]> FindAsync(Statements statements, RecordItem item)
    {
        var run = item.Run!.Key;
        return item.Recorder.Fence is { } fence
            ? await statements.ReadRowAsync(SegmentSql.FindFencedRun, ("@run", run), ("@fence", fence.Number)) ?? throw new LostLeaseException(item.Recorder, run)
            : await statements.ReadRowAsync(SegmentSql.FindRun, ("@run", run)) ?? throw new RecordingException("The run was deleted while it waited to be trained.");
    }

    private static Task AdvanceAsync(Statements statements, RecordItem item, RunSegment segment)
    {
        var run = item.Run!.Key;
        var made = segment.FirstIteration - 1;
        return segment.Result is not { } result
            ? ExecuteAsync(
                statements, item, SegmentSql.Advance, SegmentSql.AdvanceFenced,
                ("@run", run), ("@count", segment.Count), ("@made", made), ("@seconds", segment.Checkpoint?.Seconds))
            : ExecuteAsync(
                statements, item, SegmentSql.Finish, SegmentSql.FinishFenced,
                ("@run", run),
                ("@count", segment.Count),
                ("@made", made),
                ("@seconds", result.Seconds),
                ("@outcome", result.Outcome.ToString()),
                ("@bad", result.FirstBadIteration),
                ("@error", result.Error),
                ("@parameters", result.FinalParameters is { } values ? LittleEndian.Write(values) : null));
    }

    /// <summary>Changes the item's run, with the statement for a recorder with a fence or the one for a recorder without.</summary>
    private static async Task ExecuteAsync(
        Statements statements, RecordItem item, string free, string fenced, params Statements.Parameter[] parameters)
    {
        var fence = item.Recorder.Fence;
        var changed = fence is null
            ? await statements.ExecuteAsync(free, parameters)
            : await statements.ExecuteAsync(fenced, [.. parameters, ("@fence", fence.Number)]);
        if (changed != 1)
        {
            throw fence is null
                ? new RecordingException("The run was ended, deleted or trained elsewhere meanwhile, so this training of it is not stored.")
                : new LostLeaseException(item.Recorder, item.Run!.Key);
        }
    }

    private static async Task WriteEvaluationsAsync(Statements statements, long run, IReadOnlyList<EvaluationPoint> points)
    {
        foreach (var point in points)
        {
            var row = EvaluationEntity.Of(run, point);
            await statements.ExecuteAsync(
                SegmentSql.SetEvaluation,
                ("@run", run),
                ("@iteration", row.Iteration),
                ("@epoch", row.Epoch),
                ("@trainLoss", row.TrainLoss),
                ("@trainAccuracy", row.TrainAccuracy),
                ("@testLoss", row.TestLoss),
                ("@testAccuracy", row.TestAccuracy),
                ("@testTopFiveAccuracy", row.TestTopFiveAccuracy),
                ("@gradientNorm", row.GradientNorm));
        }
    }

    private static async Task WriteColumnsAsync(Statements statements, long run, RunSegment segment)
    {
        if (segment.Count == 0)
        {
            return;
        }

        await statements.ExecuteAsync(
            SegmentSql.AddColumns,
            ("@run", run),
            ("@first", segment.FirstIteration),
            ("@count", segment.Count),
            ("@loss", LittleEndian.Write(segment.Loss)),
            ("@accuracy", LittleEndian.Write(segment.Accuracy)),
            ("@stepsize", LittleEndian.Write(segment.Stepsize)));
        if (segment.Iterates is { } iterates)
        {
            await statements.ExecuteAsync(
                SegmentSql.AddIterates,
                ("@run", run),
                ("@first", segment.FirstIteration),
                ("@count", segment.Count),
                ("@values", LittleEndian.Write(iterates)));
        }

        if (segment.Layers is { } layers)
        {
            await statements.ExecuteAsync(
                SegmentSql.AddLayers,
                ("@run", run),
                ("@first", segment.FirstIteration),
                ("@count", segment.Count),
                ("@names", LayerNames.Write(layers.Names)),
                ("@gradient", LittleEndian.Write(layers.Gradient)),
                ("@update", LittleEndian.Write(layers.Update)),
                ("@stepsize", LittleEndian.Write(layers.Stepsize)));
        }
    }

    /// <param name="checkpoint">Null removes the run's.</param>
    private static Task ReplaceCheckpointAsync(Statements statements, long run, RunCheckpoint? checkpoint) => checkpoint is null
        ? statements.ExecuteAsync(SegmentSql.RemoveCheckpoint, ("@run", run))
        : statements.ExecuteAsync(
            SegmentSql.SetCheckpoint,
            ("@run", run),
            ("@iteration", checkpoint.Iteration),
            ("@state", checkpoint.State),
            ("@seconds", checkpoint.Seconds));
}
