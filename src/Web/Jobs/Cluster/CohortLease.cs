using Stepsize.Data.Workers;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>A cohort that this process trains, and what has become of its claim.</summary>
internal sealed class CohortLease(CohortLeases leases, CohortClaim claim) : IDisposable
{
    private readonly CancellationTokenSource _stop = new(); // Holds nothing to dispose, and may be cancelled after the lease has ended.
    private readonly CancellationTokenSource _lost = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile StoppableRuns? _runs;

    public CohortClaim Claim => claim;

    /// <summary>Cancelled when training has to stop, for whatever reason.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Cancelled when the claim does not hold any more, or cannot be known to: nothing of the training may be stored.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether it is to be given back for somebody who is about to change the sweep.</summary>
    public bool IsReserved { get; private set; }

    /// <summary>Null until training begins.</summary>
    public StoppableRuns? Runs
    {
        get => _runs;
        set => _runs = value;
    }

    /// <summary>Completes when nothing trains it any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Stops training, with checkpoints, to give the cohort back.</summary>
    public void Yield(bool reserved)
    {
        IsReserved |= reserved;
        _stop.Cancel();
    }

    /// <summary>Stops training, and stores nothing of it any more.</summary>
    public void Lose()
    {
        _lost.Cancel();
        _stop.Cancel();
    }

    /// <summary>Stops one run, or with null all.</summary>
    public void Lose(long? run)
    {
        if (run is null)
        {
            Lose();
        }
        else
        {
            Runs?.Cancel(run.Value);
        }
    }

    public void Dispose()
    {
        leases.End(this);
        _ended.TrySetResult();
    }
}
