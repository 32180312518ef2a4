using System.Runtime.ExceptionServices;

namespace Stepsize.Training.Execution;

/// <summary>Parts of one piece of work that several threads take from until none is left.</summary>
internal sealed class SharedParts(int count, Action<int> part)
{
    private int _next = -1;
    private int _done;
    private ExceptionDispatchInfo? _error;

    /// <summary>Takes parts until none is left. A thread that comes late finds none.</summary>
    public void Help()
    {
        int index;
        while ((index = Interlocked.Increment(ref _next)) < count)
        {
            try
            {
                part(index);
            }
            catch (Exception error) // Thrown again by the thread that waits for the parts.
            {
                Interlocked.CompareExchange(ref _error, ExceptionDispatchInfo.Capture(error), null);
            }

            Interlocked.Increment(ref _done);
        }
    }

    /// <summary>Helps, then waits for the parts that others have taken: milliseconds at most, so it spins before it yields.</summary>
    public void DoAll()
    {
        Help();
        var wait = default(SpinWait);
        while (Volatile.Read(ref _done) < count)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        _error?.Throw();
    }
}
