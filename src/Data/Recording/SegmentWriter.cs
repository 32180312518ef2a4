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
/// statement that advances them checks itself: no iteration can be missing or there twice, whoever else writes.
/// </summary>
internal sealed class SegmentWriter(IDbContextFactory<StepsizeContext> contexts)
{
    /// <param name="items">Written together, or not at all.</param>
    /// <param name="mayBeStored">Whether they were tried before, and the database failed: should they be stored all the same, nothing is written.</param>
    public async Task WriteAsync(IReadOnlyList<RecordItem> items, bool mayBeStored)
    {
        await using var context = await contexts.CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await using (var statements = new Statements(transaction.GetDbTransaction()))
        {
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
                await StartAsync(statements, run, item.Provenance!);
                continue;
            }

            await AdvanceAsync(statements, run.Key, segment);
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

    /// <summary>Sets the run running, and takes back what an earlier sitting stored after the checkpoint that this one goes on from.</summary>
    private static async Task StartAsync(Statements statements, CohortRun run, RunProvenance provenance)
    {
        var resumed = run.ResumeFrom?.Iteration ?? 0;
        var stored = await statements.ReadRowAsync(SegmentSql.FindRun, ("@run", run.Key))
            ?? throw new RecordingException("The run was deleted while it waited to be trained.");
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

        await statements.ExecuteAsync(
            SegmentSql.StartRun, ("@run", run.Key), ("@resumed", resumed), ("@provenance", JsonSerializer.Serialize(provenance)));
    }

    private static async Task AdvanceAsync(Statements statements, long run, RunSegment segment)
    {
        var made = segment.FirstIteration - 1;
        var changed = segment.Result is not { } result
            ? await statements.ExecuteAsync(
                SegmentSql.Advance, ("@run", run), ("@count", segment.Count), ("@made", made), ("@seconds", segment.Checkpoint?.Seconds))
            : await statements.ExecuteAsync(
                SegmentSql.Finish,
                ("@run", run),
                ("@count", segment.Count),
                ("@made", made),
                ("@seconds", result.Seconds),
                ("@outcome", result.Outcome.ToString()),
                ("@bad", result.FirstBadIteration),
                ("@error", result.Error),
                ("@parameters", result.FinalParameters is { } values ? LittleEndian.Write(values) : null));
        if (changed != 1)
        {
            throw new RecordingException("The run was ended, deleted or trained elsewhere meanwhile, so this training of it is not stored.");
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
