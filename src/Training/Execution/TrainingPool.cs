using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>
/// The threads that train: dedicated, one a core, nicer than the web's, each on one piece of work at a time. Batches of work take
/// turns, so that a small sweep launched after a large one does not wait for its end.
/// </summary>
public sealed class TrainingPool : IDisposable, IPartRunner
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Batch> _batches = [];
    private readonly SemaphoreSlim _available = new(0);
    private readonly Thread[] _threads;
    private readonly LinkedList<SharedParts> _shared = [];
    private volatile bool _closed;
    private int _idle;

    /// <param name="threads">At least 1; one a core is best.</param>
    public TrainingPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _threads = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            // Kernels keep their packing buffers off the stack; deep networks recurse a little when they are evaluated.
            _threads[i] = new Thread(Work, maxStackSize: 4 << 20) { IsBackground = true, Name = $"training {i}" };
            _threads[i].Start();
        }
    }

    public int Threads => _threads.Length;

    /// <summary>Threads that have nothing to do at this moment.</summary>
    public int IdleThreads => Volatile.Read(ref _idle);

    /// <summary>Runs all pieces, in their order as far as threads are free, and completes when the last has ended.</summary>
    /// <param name="work">Must not throw: what goes wrong is the piece's own business. One that throws all the same faults the task.</param>
    /// <param name="cancellation">Pieces not begun are dropped at once, whatever else is trained; those under way watch it themselves.</param>
    public async Task RunAsync(IReadOnlyList<Action> work, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (work.Count == 0)
        {
            return;
        }

        var batch = new LinkedListNode<Batch>(new Batch(work));
        lock (_gate)
        {
            _batches.AddLast(batch);
        }

        // Threads may have hours of other work before they come to the first piece.
        await using var dropping = cancellation.UnsafeRegister(_ => Drop(batch), null);
        _available.Release(work.Count);
        await batch.Value.Completed;
    }

    /// <summary>Does parts of one run's iteration: the calling thread, and as many others as have nothing to train.</summary>
    public void Run(int count, Action<int> part)
    {
        var helpers = Math.Min(IdleThreads, count - 1);
        if (helpers <= 0)
        {
            OnePartAtATime.Instance.Run(count, part);
            return;
        }

        var parts = new SharedParts(count, part);
        lock (_gate)
        {
            for (var i = 0; i < helpers; i++)
            {
                _shared.AddLast(parts);
            }
        }

        _available.Release(helpers);
        parts.DoAll();
    }

    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _available.Release(_threads.Length);
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _available.Dispose();
    }

    private void Work()
    {
        TrainingThread.Prepare();
        while (true)
        {
            Interlocked.Increment(ref _idle);
            _available.Wait();
            Interlocked.Decrement(ref _idle);
            if (_closed)
            {
                return;
            }

            Next()?.Invoke();
        }
    }

    private void Drop(LinkedListNode<Batch> batch)
    {
        int dropped;
        lock (_gate)
        {
            dropped = batch.Value.DropRest();
            if (batch.List is not null)
            {
                _batches.Remove(batch);
            }
        }

        batch.Value.Finish(dropped);
    }

    /// <summary>The next piece of the batch whose turn it is.</summary>
    private Action? Next()
    {
        lock (_gate)
        {
            if (_shared.First is { } shared)
            {
                _shared.RemoveFirst();
                return shared.Value.Help;
            }

            if (_batches.First is not { } node)
            {
                return null;
            }

            _batches.RemoveFirst();
            var piece = node.Value.Take();
            if (node.Value.HasMore)
            {
                _batches.AddLast(node);
            }

            return piece;
        }
    }

    private sealed class Batch(IReadOnlyList<Action> work)
    {
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<Exception> _errors = [];
        private int _next;
        private int _left = work.Count;

        public Task Completed => _completed.Task;

        public bool HasMore => _next < work.Count;

        public Action Take()
        {
            var piece = work[_next++];
            return () => Run(piece);
        }

        /// <returns>How many pieces will never begin.</returns>
        public int DropRest()
        {
            var rest = work.Count - _next;
            _next = work.Count;
            return rest;
        }

        /// <summary>Counts pieces that have ended or were dropped; the last completes the batch.</summary>
        public void Finish(int pieces)
        {
            if (pieces == 0 || Interlocked.Add(ref _left, -pieces) > 0)
            {
                return;
            }

            if (_errors.Count > 0)
            {
                _completed.SetException(_errors);
            }
            else
            {
                _completed.SetResult();
            }
        }

        private void Run(Action piece)
        {
            try
            {
                piece();
            }
            catch (Exception error) // The thread must outlive whatever a piece does.
            {
                lock (_errors)
                {
                    _errors.Add(error);
                }
            }

            Finish(1);
        }
    }
}
