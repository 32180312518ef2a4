namespace Stepsize.Web.Api.Http.Guard;

/// <summary>An answer as it went out.</summary>
internal sealed record RememberedAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);

/// <summary>
/// Requests that carried a key, and what they were answered, for a day or until the program ends; the oldest go first where there are too many. Who
/// comes with a key whose request is being carried out waits for its answer.
/// </summary>
internal sealed class RememberedAnswers(TimeProvider clock)
{
    private const int MostKeys = 10_000;
    private const long MostBytes = 64 << 20;
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byAge = [];
    private long _bytes;

    /// <summary>The key's request: the one there is, or a new one, which the caller carries out and ends.</summary>
    /// <param name="fingerprint">Of the request: equal requests have equal ones.</param>
    public Entry Enter(string key, string fingerprint, out bool isNew)
    {
        lock (_gate)
        {
            Forget();
            if (_entries.TryGetValue(key, out var known))
            {
                isNew = false;
                return known;
            }

            var entry = new Entry(key, fingerprint, clock.GetUtcNow());
            _entries.Add(key, entry);
            _byAge.AddLast(entry);
            isNew = true;
            return entry;
        }
    }

    /// <param name="answer">Null where nothing was done: the key is free again.</param>
    public void End(Entry entry, RememberedAnswer? answer)
    {
        lock (_gate)
        {
            if (answer is null)
            {
                Remove(entry);
            }
            else
            {
                _bytes += answer.Body.Length;
            }
        }

        entry.Complete(answer);
    }

    private void Forget()
    {
        // Those under way are young: whoever fills the memory with them has ten thousand requests open.
        while (_byAge.First?.Value is { IsUnderWay: false } oldest
            && (clock.GetUtcNow() - oldest.At > Memory || _byAge.Count >= MostKeys || _bytes > MostBytes))
        {
            Remove(oldest);
        }
    }

    private void Remove(Entry entry)
    {
        _entries.Remove(entry.Key);
        _byAge.Remove(entry);
        _bytes -= entry.Length;
    }

    internal sealed class Entry(string key, string fingerprint, DateTimeOffset at)
    {
        private readonly TaskCompletionSource<RememberedAnswer?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Key => key;

        public string Fingerprint => fingerprint;

        public DateTimeOffset At => at;

        public bool IsUnderWay => !_answer.Task.IsCompleted;

        public int Length { get; private set; }

        /// <summary>Null where the request did nothing, and the next may try.</summary>
        public Task<RememberedAnswer?> Answer => _answer.Task;

        internal void Complete(RememberedAnswer? answer)
        {
            Length = answer?.Body.Length ?? 0;
            _answer.TrySetResult(answer);
        }
    }
}
