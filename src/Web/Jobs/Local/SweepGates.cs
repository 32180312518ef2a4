using System.Collections.Concurrent;

namespace Stepsize.Web.Jobs.Local;

/// <summary>Lets one person at a time act on a sweep: an operation stops training, changes the database and schedules again, and must not meet another half-way.</summary>
internal sealed class SweepGates
{
    // One small object for every sweep that anyone acted on since the start.
    private readonly ConcurrentDictionary<long, SemaphoreSlim> _gates = new();

    /// <returns>Dispose to let the next one in.</returns>
    public async Task<IDisposable> EnterAsync(long sweepId, CancellationToken cancellation)
    {
        var gate = _gates.GetOrAdd(sweepId, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellation);
        return new Pass(gate);
    }

    private sealed class Pass(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
