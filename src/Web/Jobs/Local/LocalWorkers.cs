using Stepsize.Data.Sweeps;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Jobs.Local;

/// <summary>The one program that a SQLite file has: this one.</summary>
internal sealed class LocalWorkers(IJobBoard board, ISweepStore store, IExecutor executor, TrainingChoice choice, TimeProvider time) : IWorkerBoard
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public bool CanBeMany => false;

    public async Task<IReadOnlyList<WorkerLine>> ListAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var jobs = (await board.ListAsync(cancellation)).Where(j => j.State == JobState.Training).ToDictionary(j => j.SweepId);
        var sweeps = jobs.Count == 0 ? [] : (await store.ListAsync(cancellation)).Where(s => jobs.ContainsKey(s.Id)).ToArray();
        return
        [
            new WorkerLine
            {
                Id = 0,
                Name = choice.Name ?? Environment.MachineName,
                Host = Environment.MachineName,
                Pid = Environment.ProcessId,
                Version = ProgramVersion.Current.ToString(),
                Device = choice.Trains ? executor.Device : "",
                Queues = choice.Queues,
                StartedAt = _started,
                BeatAt = now,
                IsGone = false,
                IsDraining = false,
                IterationsPerSecond = sweeps.Sum(s => s.IterationsPerSecond ?? 0),
                Trains = [.. sweeps.OrderBy(s => jobs[s.Id].Since).Select(s => new TrainedCohort(s.Id, s.Name, s.Runs - s.RunsFinished, jobs[s.Id].Since ?? now))],
            },
        ];
    }

    public Task SetDrainingAsync(long workerId, bool draining, CancellationToken cancellation) =>
        throw new InvalidInputException("", "This program is alone on its database, so that nobody would take over; pause sweeps instead.");
}
