using Microsoft.AspNetCore.Components;
using Stepsize.Data.Workers;
using Stepsize.Training.Faults;
using Stepsize.Web.Jobs;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Lists;

/// <summary>The programs that train or show: what each trains since when, how fast, and when it was last heard of. Looked at again every few seconds.</summary>
public sealed partial class WorkersPage : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<WorkerLine>? _lines;
    private DateTimeOffset _now;
    private Task _looking = Task.CompletedTask;
    private bool _working;
    private string? _fault;
    private string? _news;

    [Inject]
    public required IWorkerBoard Board { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string Tally
    {
        get
        {
            var live = _lines!.Where(l => l is { IsGone: false, Queues.Count: > 0 }).ToArray();
            var training = live.Count(l => l.Trains.Count > 0);
            var speed = live.Sum(l => l.IterationsPerSecond);
            return $"{training} of {live.Length} {(live.Length == 1 ? "worker trains" : "workers train")}{(speed >= 0.5 ? $" at {NumberText.Whole((long)speed)} iterations a second" : "")}.";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _looking.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        // Only here: a page that is rendered for its first delivery is thrown away afterwards.
        if (firstRender)
        {
            _looking = LookAsync();
        }
    }

    private async Task LookAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, Clock);
            while (await timer.WaitForNextTickAsync(_leaving.Token))
            {
                await InvokeAsync(async () =>
                {
                    await LoadAsync();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task SetDrainingAsync(WorkerLine worker)
    {
        (_working, _fault, _news) = (true, null, null);
        try
        {
            await Board.SetDrainingAsync(worker.Id, !worker.IsDraining, _leaving.Token);
            _news = worker.IsDraining ? $"{worker.Name} takes work again." : $"{worker.Name} finishes what it trains and takes nothing more.";
        }
        catch (InvalidInputException e)
        {
            _fault = e.Message;
        }
        finally
        {
            _working = false;
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _lines = await Board.ListAsync(_leaving.Token);
        _now = Clock.GetUtcNow();
    }

    private static string Runs(int count) => $"{NumberText.Whole(count)} {(count == 1 ? "run" : "runs")}";

    private string Age(DateTimeOffset since) => "for " + TimeText.Of(_now > since ? _now - since : TimeSpan.Zero);
}
