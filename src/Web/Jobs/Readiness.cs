namespace Stepsize.Web.Jobs;

/// <summary>
/// Whether the dashboard has opened its database and taken up what a program before it left unfinished. Until then it listens and says so: after a kill
/// that can take longer than a person or a supervisor waits without a word.
/// </summary>
internal sealed class Readiness
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How long a start waits before it listens all the same. For ever unless said otherwise: who starts a host may count on it.</summary>
    public TimeSpan Patience { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>What has to be done before the database is opened, such as locking it.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Completes when all is ready; fails where the database cannot be used.</summary>
    public Task Completed => _ready.Task;

    public void Complete() => _ready.TrySetResult();

    public void Fail(Exception reason) => _ready.TrySetException(reason);
}
