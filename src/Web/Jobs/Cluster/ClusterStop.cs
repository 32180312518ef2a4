namespace Stepsize.Web.Jobs.Cluster;

/// <summary>Says that the program is ending.</summary>
internal sealed class ClusterStop : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _forced = new();

    /// <summary>Cancelled when nothing new may begin.</summary>
    public CancellationToken Token => _stopping.Token;

    /// <summary>Cancelled when nothing is waited for any more.</summary>
    public CancellationToken Forced => _forced.Token;

    public void Begin() => _stopping.Cancel();

    public void Force() => _forced.Cancel();

    public void Dispose()
    {
        _stopping.Dispose();
        _forced.Dispose();
    }
}
