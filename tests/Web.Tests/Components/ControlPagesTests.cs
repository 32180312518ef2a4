using System.Net;
using Stepsize.Data.Sweeps;
using Stepsize.Data.Sweeps.Bin;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;
using Stepsize.Web.Jobs;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public sealed class ControlPagesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Deleted = FakeSweep.Created.AddDays(1);
    private FakeDashboard _dashboard = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _dashboard = await FakeDashboard.StartAsync();

    public ValueTask DisposeAsync() => _dashboard.DisposeAsync();

    [Theory]
    [InlineData(SweepStatus.Running, "Pause", "Resume")]
    [InlineData(SweepStatus.Paused, "Resume", "Pause")]
    [InlineData(SweepStatus.Completed, "Extend", "Cancel sweep")]
    public async Task Sweep_AsItStands_OffersWhatCanBeDone(SweepStatus status, string offered, string other)
    {
        var sweep = FakeSweep.Of(1, Specifications.Small, finished: 3);
        _dashboard.Store.Put(sweep with { Summary = sweep.Summary with { Status = status } });

        var html = await GetAsync("/sweeps/1");

        Assert.Contains($">{offered}</button>", html, StringComparison.Ordinal);
        Assert.DoesNotContain($">{other}</button>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Run what is missing", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_RunsWithoutAResult_AreCounted()
    {
        var sweep = FakeSweep.Of(1, Specifications.Small, finished: 12);
        _dashboard.Store.Put(sweep with
        {
            Runs = [.. sweep.Runs.Skip(2).Select((r, i) => i == 0 ? r with { Outcome = RunOutcome.CutShort } : i == 1 ? r with { Outcome = RunOutcome.Failed } : r)],
        });

        Assert.Contains("Run what is missing <span class=\"count\"", await GetAsync("/sweeps/1"), StringComparison.Ordinal);
        Assert.Contains(">4</span></button>", await GetAsync("/sweeps/1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_InTheBin_SaysUntilWhenAndOffersToRestoreIt()
    {
        _dashboard.Bin.Sweeps.Add(new BinnedSweep(7, "Gone <b>", "mnist-logreg", SweepStatus.Completed, 12, Deleted, Deleted + BinPeriod.Length));

        var html = await GetAsync("/sweeps/7");

        Assert.Contains("This sweep is in the bin", html, StringComparison.Ordinal);
        Assert.Contains("2026-04-01 12:00:00 UTC", html, StringComparison.Ordinal);
        Assert.Contains("Undo: restore the sweep", html, StringComparison.Ordinal);
        Assert.Contains("Gone &lt;b&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workers_ThatTrainDrainAndAreGone_SayWhatTheyDo()
    {
        var now = _dashboard.Clock.GetUtcNow();
        var line = new WorkerLine
        {
            Id = 1, Name = "fast <b>", Host = "gpu-1", Pid = 7, Version = "0.1.0", Device = "CPU, AVX2", Queues = ["cpu"], StartedAt = now.AddHours(-3), BeatAt = now,
            IsGone = false, IsDraining = true, IterationsPerSecond = 1234.4, Remark = "Sweep 9 is left to others: CIFAR-10 is missing.",
            Trains = [new TrainedCohort(3, "Long", 12, now.AddMinutes(-5))],
        };
        _dashboard.Board.Workers.AddRange(
            [line, line with { Id = 2, Name = "gone", IsGone = true, Trains = [] }, line with { Id = 3, Name = "shows", Queues = [], Device = "", Trains = [], IsDraining = false }]);

        var html = await GetAsync("/workers");

        Assert.Contains("1 of 1 worker trains", html, StringComparison.Ordinal);
        Assert.Contains("fast &lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("href=\"sweeps/3\"", html, StringComparison.Ordinal);
        Assert.Contains("12 runs, for 5 min", html, StringComparison.Ordinal);
        Assert.Contains("CIFAR-10 is missing", html, StringComparison.Ordinal);
        Assert.Contains(">Take work again</button>", html, StringComparison.Ordinal);
        Assert.Contains("only shows", html, StringComparison.Ordinal);
        Assert.Contains(">gone</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_TwoThatWait_CanBeMoved()
    {
        foreach (var (id, priority) in new[] { (1L, 0), (2L, 4) })
        {
            var sweep = FakeSweep.Of(id, Specifications.Small, finished: 0);
            _dashboard.Store.Put(sweep with { Summary = sweep.Summary with { Status = SweepStatus.Queued, Priority = priority, Name = $"Sweep {id}" } });
        }

        var html = await GetAsync("/jobs");

        Assert.Contains("Train Sweep 1 first", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("href=\"sweeps/2\"", StringComparison.Ordinal) < html.IndexOf("href=\"sweeps/1\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_InTheBin_SaysUntilWhenAndOffersToRestoreIt()
    {
        _dashboard.Bin.Runs.Add(Binned(31));

        var html = await GetAsync("/runs/31");

        Assert.Contains("This run is in the bin", html, StringComparison.Ordinal);
        Assert.Contains("href=\"sweeps/3\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bin_SweepsAndRuns_AreListedWithTheirTimeLeft()
    {
        var now = _dashboard.Clock.GetUtcNow();
        _dashboard.Bin.Sweeps.Add(new BinnedSweep(7, "Gone", "mnist-logreg", SweepStatus.Failed, 12, now, now.AddDays(12.4)));
        _dashboard.Bin.Runs.Add(Binned(31));

        var html = await GetAsync("/bin");

        Assert.Contains("Restore Gone", html, StringComparison.Ordinal);
        Assert.Contains(">12 days</time>", html, StringComparison.Ordinal);
        Assert.Contains("Restore run 31", html, StringComparison.Ordinal);
        Assert.Contains("AdaGrad-Norm", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bin_Empty_SaysSo() => Assert.Contains("The bin is empty.", await GetAsync("/bin"), StringComparison.Ordinal);

    [Fact]
    public async Task Jobs_TrainingWaitingAndPaused_AreTalliedInThisOrder()
    {
        Put(1, SweepStatus.Paused, "Third");
        Put(2, SweepStatus.Queued, "Second");
        Put(3, SweepStatus.Running, "First", speed: 1234.4);
        Put(4, SweepStatus.Completed, "Elsewhere");
        _dashboard.Board.Jobs.Add(new JobLine(3, JobState.Training, FakeSweep.Created));

        var html = await GetAsync("/jobs");

        Assert.Contains($"1 sweep trains at {NumberText.Whole(1234)} iterations a second, 1 waits, 1 is paused.", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        string[] names = ["Third", "First", "Second"];
        Assert.Equal(["First", "Second", "Third"], names.OrderBy(n => html.IndexOf(n, StringComparison.Ordinal)));
        Assert.DoesNotContain("Elsewhere", html, StringComparison.Ordinal);
        Assert.Contains("Resume Third", html, StringComparison.Ordinal);
        Assert.Contains("Pause First", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_Faults_SayWhatWentWrong()
    {
        _dashboard.Board.Faults.Add(new RunFault(31, 3, "A sweep", "adagrad-norm", 0.1, 2, "The disk <is> full."));

        var html = await GetAsync("/jobs");

        Assert.Contains("The disk &lt;is&gt; full.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"runs/31\"", html, StringComparison.Ordinal);
        Assert.Contains("Nothing trains and nothing waits.", html, StringComparison.Ordinal);
    }

    private static BinnedRun Binned(long id) => new(id, 3, "A sweep", "adagrad-norm", 0.1, 2, RunOutcome.Finished, 40, Deleted, Deleted + BinPeriod.Length);

    private void Put(long id, SweepStatus status, string name, double? speed = null)
    {
        var sweep = FakeSweep.Of(id, Specifications.Small with { Name = name }, finished: 3);
        _dashboard.Store.Put(sweep with { Summary = sweep.Summary with { Status = status, IterationsPerSecond = speed } });
    }

    private async Task<string> GetAsync(string path)
    {
        var answer = await _dashboard.Client.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
