using System.Net;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Web.Datasets;
using Stepsize.Web.Tests.Commands;
using Xunit;

namespace Stepsize.Web.Tests.Datasets;

public sealed class DatasetFetchesTests : IDisposable
{
    private static readonly Dataset Cifar = DatasetRegistry.Find("cifar10")!;
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Start_SourceRefuses_StatusSaysWhyAndCanBeTriedAgain()
    {
        using var source = new Source(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)));
        await using var fetches = Create(source);
        Assert.Null(fetches.Status("cifar10"));
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            fetches.Start(Cifar);
            await EndAsync(fetches);
            Assert.Contains("404", fetches.Status("cifar10")!.Fault, StringComparison.Ordinal);
            Assert.Equal(attempt, source.Requests);
        }
    }

    [Fact]
    public async Task Stop_WhileUnderWay_EndsItAndSaysSo()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var source = new Source(async cancellation =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("never reached");
        });
        await using var fetches = Create(source);
        fetches.Start(Cifar);
        fetches.Start(Cifar);
        await asked.Task;
        Assert.True(fetches.Status("cifar10")!.IsRunning);
        fetches.Stop("cifar10");
        await EndAsync(fetches);
        Assert.Contains("Stopped", fetches.Status("cifar10")!.Fault, StringComparison.Ordinal);
        Assert.Equal(1, source.Requests);
    }

    [Fact]
    public async Task Dispose_WhileUnderWay_DoesNotWaitForTheSource()
    {
        using var source = new Source(async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("never reached");
        });
        var fetches = Create(source);
        fetches.Start(Cifar);
        await fetches.DisposeAsync();
        Assert.False(fetches.Status("cifar10")!.IsRunning);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task EndAsync(DatasetFetches fetches)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnChanged(object? sender, EventArgs e)
        {
            if (fetches.Status("cifar10") is { IsRunning: false })
            {
                ended.TrySetResult();
            }
        }

        fetches.Changed += OnChanged;
        OnChanged(fetches, EventArgs.Empty);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        fetches.Changed -= OnChanged;
    }

    private DatasetFetches Create(Source source) =>
        new(new DatasetFolders([_folder.Path]), new DatasetDownloader(new HttpClient(source, disposeHandler: false), TimeProvider.System));

    private sealed class Source(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return answer(cancellationToken);
        }
    }
}
