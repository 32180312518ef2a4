using System.Collections.Concurrent;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Datasets;

/// <summary>Downloads that were started from the dashboard. They belong to the program, not to the page: it may be left and opened again.</summary>
public sealed class DatasetFetches(DatasetFolders folders, DatasetDownloader downloader) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Fetch> _fetches = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Something has changed; raised from any thread, often.</summary>
    public event EventHandler? Changed;

    /// <summary>How the dataset's download stands, or null where none was started.</summary>
    public FetchStatus? Status(string id) => _fetches.TryGetValue(id, out var fetch) ? fetch.Status : null;

    /// <summary>Starts a download, or goes on with one that stopped; does nothing while it is under way.</summary>
    public void Start(Dataset dataset)
    {
        lock (_gate)
        {
            if (Status(dataset.Id) is { IsRunning: true })
            {
                return;
            }

            var fetch = new Fetch();
            _fetches[dataset.Id] = fetch;
            fetch.Work = Task.Run(() => RunAsync(dataset, fetch));
        }
    }

    /// <summary>Stops a download; what came is kept.</summary>
    public void Stop(string id)
    {
        if (_fetches.TryGetValue(id, out var fetch) && fetch.Status.IsRunning)
        {
            fetch.Stop.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var fetch in _fetches.Values)
        {
            await fetch.Stop.CancelAsync();
            await fetch.Work;
            fetch.Stop.Dispose();
        }
    }

    private async Task RunAsync(Dataset dataset, Fetch fetch)
    {
        try
        {
            await downloader.GetAsync(dataset, folders.Writable, new Reports(this, fetch), fetch.Stop.Token);
            fetch.Status = new FetchStatus(IsRunning: false, null, null);
        }
        catch (OperationCanceledException)
        {
            fetch.Status = new FetchStatus(IsRunning: false, null, "Stopped; what came is kept.");
        }
        catch (InvalidInputException e)
        {
            fetch.Status = new FetchStatus(IsRunning: false, null, string.Join(' ', e.Faults.Select(f => f.Message)));
        }
        catch (Exception e)
        {
            // Nobody awaits this task but the program's end: what went wrong must be seen on the page.
            fetch.Status = new FetchStatus(IsRunning: false, null, $"Unexpected failure, {e.GetType().Name}: {e.Message}");
        }

        RaiseChanged();
    }

    private void RaiseChanged() => Changed?.Invoke(this, EventArgs.Empty);

    private sealed class Fetch
    {
        private volatile FetchStatus _status = new(IsRunning: true, null, null);

        public CancellationTokenSource Stop { get; } = new();

        public Task Work { get; set; } = Task.CompletedTask;

        public FetchStatus Status
        {
            get => _status;
            set => _status = value;
        }
    }

    private sealed class Reports(DatasetFetches owner, Fetch fetch) : IProgress<AcquisitionProgress>
    {
        public void Report(AcquisitionProgress value)
        {
            fetch.Status = new FetchStatus(IsRunning: true, value, null);
            owner.RaiseChanged();
        }
    }
}
