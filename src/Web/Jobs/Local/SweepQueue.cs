using Hangfire;

namespace Stepsize.Web.Jobs.Local;

/// <summary>
/// Which sweeps wait and which are trained, in one program. The database says what has to be trained; this says when, and is made from it at every start. Each
/// sweep that waits has a job, and a job takes whichever sweep is first in line then: so that taking a sweep out of the line, or moving it up, asks nothing of the
/// dispatcher. A job too many finds nothing to do.
/// </summary>
internal sealed class SweepQueue(JobStorage storage, TimeProvider time) : IJobBoard
{
    /// <summary>Sweeps that train at the same time, taking turns on the training threads; others wait.</summary>
    public const int MostAtOnce = 16;

    private readonly BackgroundJobClient _jobs = new(storage);
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Place> _waiting = [];
    private readonly Dictionary<long, Training> _training = [];
    private long _arrivals;

    public string Rule => $"up to {MostAtOnce} sweeps take turns on the training threads";

    /// <summary>Lets the sweep wait for its turn. Where it waits already, nothing changes; where it is trained, it waits again when that ends.</summary>
    /// <param name="priority">The greater is trained first.</param>
    public void Add(long sweepId, int priority)
    {
        lock (_gate)
        {
            if (_training.TryGetValue(sweepId, out var training))
            {
                training.Again = priority;
                return;
            }

            if (!_waiting.TryAdd(sweepId, new Place(priority, _arrivals++, time.GetUtcNow())))
            {
                return;
            }
        }

        AddJob();
    }

    /// <summary>Takes the sweep out of the line. What trains it now is not stopped.</summary>
    public void Remove(long sweepId)
    {
        lock (_gate)
        {
            _waiting.Remove(sweepId);
            if (_training.TryGetValue(sweepId, out var training))
            {
                training.Again = null;
            }
        }
    }

    /// <summary>Moves a sweep that waits up or down the line.</summary>
    public void Move(long sweepId, int priority)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(sweepId, out var place))
            {
                _waiting[sweepId] = place with { Priority = priority };
            }
        }
    }

    /// <summary>Takes the sweep that is first in line. Whoever gets it says when it is <see cref="Done"/>.</summary>
    /// <returns>Null where none waits.</returns>
    public long? Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                return null;
            }

            var sweepId = _waiting.MinBy(w => (-w.Value.Priority, w.Value.Arrival)).Key;
            _waiting.Remove(sweepId);
            _training.Add(sweepId, new Training(time.GetUtcNow()));
            return sweepId;
        }
    }

    /// <summary>The sweep is not trained any more.</summary>
    public void Done(long sweepId)
    {
        int? again;
        lock (_gate)
        {
            _training.Remove(sweepId, out var training);
            again = training?.Again;
        }

        if (again is { } priority)
        {
            Add(sweepId, priority);
        }
    }

    public Task<IReadOnlyList<JobLine>> ListAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<JobLine>>(
            [
                .. _training.OrderBy(t => t.Key).Select(t => new JobLine(t.Key, JobState.Training, t.Value.Since)),
                .. _waiting.OrderByDescending(w => w.Value.Priority).ThenBy(w => w.Value.Arrival).Select(w => new JobLine(w.Key, JobState.Waiting, w.Value.Since)),
            ]);
        }
    }

    private void AddJob() => _jobs.Enqueue<SweepJob>(job => job.TrainNextAsync());

    private sealed record Place(int Priority, long Arrival, DateTimeOffset Since);

    private sealed class Training(DateTimeOffset since)
    {
        public DateTimeOffset Since => since;

        /// <summary>Priority with which it is to wait again when this ends; null where it is not.</summary>
        public int? Again { get; set; }
    }
}
