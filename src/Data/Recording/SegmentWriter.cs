using System.Text.Json;
using Microsoft.EntityFrameworkCore;
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
    public async Task WriteAsync(IReadOnlyList<RecordItem> items)
    {
        await using var context = await contexts.CreateDbContextAsync();
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await context.Database.BeginTransactionAsync();

        // Of several checkpoints of a run in one batch only the last would survive, and none where the run ends.
        var checkpoints = new Dictionary<long, RunCheckpoint?>();
        foreach (var item in items)
        {
            var run = item.Run!;
            if (item.Segment is not { } segment)
            {
                await StartAsync(context, run, item.Provenance!);
                continue;
            }

            await AdvanceAsync(context, run.Key, segment);
            await WriteEvaluationsAsync(context, run.Key, segment.Evaluations);
            AddColumns(context, run.Key, segment);
            await context.SaveChangesAsync();
            context.ChangeTracker.Clear();
            if (segment.Checkpoint is not null || segment.Result is not null)
            {
                checkpoints[run.Key] = segment.Result is null ? segment.Checkpoint : null;
            }
        }

        foreach (var (runId, checkpoint) in checkpoints)
        {
            await ReplaceCheckpointAsync(context, runId, checkpoint);
        }

        await transaction.CommitAsync();
    }

    /// <summary>Sets the run running, and takes back what an earlier sitting stored after the checkpoint that this one goes on from.</summary>
    private static async Task StartAsync(StepsizeContext context, CohortRun run, RunProvenance provenance)
    {
        var resumed = run.ResumeFrom?.Iteration ?? 0;
        var stored = await context.Runs.Where(r => r.Id == run.Key).Select(r => new { r.Status, r.Iterations }).SingleOrDefaultAsync()
            ?? throw new RecordingException("The run was deleted while it waited to be trained.");
        if (stored.Status == RunStatus.Finished || stored.Iterations < resumed)
        {
            throw new RecordingException("The run was ended or changed elsewhere while it waited to be trained.");
        }

        if (stored.Status == RunStatus.Running)
        {
            await context.MetricChunks.Where(c => c.RunId == run.Key && c.FirstIteration > resumed).ExecuteDeleteAsync();
            await context.IterateChunks.Where(c => c.RunId == run.Key && c.FirstIteration > resumed).ExecuteDeleteAsync();
            await context.Evaluations.Where(e => e.RunId == run.Key && (e.Iteration > resumed || resumed == 0)).ExecuteDeleteAsync();
            await context.Checkpoints.Where(c => c.RunId == run.Key && c.Iteration > resumed).ExecuteDeleteAsync();
        }

        var json = JsonSerializer.Serialize(provenance);
        await context.Runs.Where(r => r.Id == run.Key).ExecuteUpdateAsync(s => s
            .SetProperty(r => r.Status, RunStatus.Running)
            .SetProperty(r => r.Iterations, resumed)
            .SetProperty(r => r.Provenance, json));
    }

    private static async Task AdvanceAsync(StepsizeContext context, long runId, RunSegment segment)
    {
        var made = segment.Count > 0 ? segment.FirstIteration - 1 : (int?)null;
        var run = context.Runs.Where(r => r.Id == runId && r.Status != RunStatus.Finished && (made == null || r.Iterations == made));
        var count = segment.Count;
        int changed;
        if (segment.Result is { } result)
        {
            var parameters = result.FinalParameters is { } values ? LittleEndian.Write(values) : null;
            changed = await run.ExecuteUpdateAsync(s => s
                .SetProperty(r => r.Iterations, r => r.Iterations + count)
                .SetProperty(r => r.Status, RunStatus.Finished)
                .SetProperty(r => r.Outcome, result.Outcome)
                .SetProperty(r => r.FirstBadIteration, result.FirstBadIteration)
                .SetProperty(r => r.Seconds, r => result.Seconds > r.Seconds ? result.Seconds : r.Seconds)
                .SetProperty(r => r.Error, result.Error)
                .SetProperty(r => r.FinalParameters, parameters));
        }
        else
        {
            var seconds = segment.Checkpoint?.Seconds;
            changed = await run.ExecuteUpdateAsync(s => s
                .SetProperty(r => r.Iterations, r => r.Iterations + count)
                .SetProperty(r => r.Seconds, r => seconds ?? r.Seconds));
        }

        if (changed != 1)
        {
            throw new RecordingException("The run was ended, deleted or trained elsewhere meanwhile, so this training of it is not stored.");
        }
    }

    private static async Task WriteEvaluationsAsync(StepsizeContext context, long runId, IReadOnlyList<EvaluationPoint> points)
    {
        if (points.Count == 0)
        {
            return;
        }

        // An evaluation made just before a checkpoint may be made again just after it.
        var iterations = points.Select(p => p.Iteration).ToArray();
        await context.Evaluations.Where(e => e.RunId == runId && iterations.Contains(e.Iteration)).ExecuteDeleteAsync();
        context.Evaluations.AddRange(points.Select(p => EvaluationEntity.Of(runId, p)));
    }

    private static void AddColumns(StepsizeContext context, long runId, RunSegment segment)
    {
        if (segment.Count == 0)
        {
            return;
        }

        context.MetricChunks.Add(new MetricChunk
        {
            RunId = runId,
            FirstIteration = segment.FirstIteration,
            Count = segment.Count,
            Loss = LittleEndian.Write(segment.Loss),
            Accuracy = LittleEndian.Write(segment.Accuracy),
            Stepsize = LittleEndian.Write(segment.Stepsize),
        });
        if (segment.Iterates is { } iterates)
        {
            context.IterateChunks.Add(new IterateChunk
            {
                RunId = runId,
                FirstIteration = segment.FirstIteration,
                Count = segment.Count,
                Values = LittleEndian.Write(iterates),
            });
        }
    }

    /// <param name="checkpoint">Null removes the run's.</param>
    private static async Task ReplaceCheckpointAsync(StepsizeContext context, long runId, RunCheckpoint? checkpoint)
    {
        var stored = context.Checkpoints.Where(c => c.RunId == runId);
        if (checkpoint is null)
        {
            await stored.ExecuteDeleteAsync();
            return;
        }

        var changed = await stored.ExecuteUpdateAsync(s => s
            .SetProperty(c => c.Iteration, checkpoint.Iteration)
            .SetProperty(c => c.State, checkpoint.State)
            .SetProperty(c => c.Seconds, checkpoint.Seconds));
        if (changed == 0)
        {
            context.Checkpoints.Add(
                new CheckpointEntity { RunId = runId, Iteration = checkpoint.Iteration, State = checkpoint.State, Seconds = checkpoint.Seconds });
            await context.SaveChangesAsync();
        }
    }
}
