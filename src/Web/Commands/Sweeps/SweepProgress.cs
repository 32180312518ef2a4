using Spectre.Console;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Sweeps;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>Shows how a sweep goes: bars on a terminal, elsewhere a line for each run that ends.</summary>
internal static class SweepProgress
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    /// <summary>Completes when <paramref name="training"/> has; a cancelled one counts as completed.</summary>
    public static async Task ShowAsync(RunCollector collector, Problem problem, Task training)
    {
        if (Terminal.ShowsBars)
        {
            await ShowBarsAsync(collector, training);
        }
        else
        {
            ShowLines(collector, problem.Measures[0]);
        }

        try
        {
            await training;
        }
        catch (OperationCanceledException)
        {
            // Asked for; the caller sees it in its token.
        }
    }

    private static void ShowLines(RunCollector collector, Measure measure)
    {
        Console.Error.WriteLine($"Training {collector.Runs.Count} runs of {collector.Sweep.Workload.Id}.");
        var gate = new Lock();
        var ended = 0;
        collector.RunEnded = run =>
        {
            lock (gate)
            {
                Console.Error.WriteLine($"[{++ended}/{collector.Runs.Count}] {RunText.Name(run)}: {RunText.Ending(run, measure)}");
            }
        };
    }

    private static Task ShowBarsAsync(RunCollector collector, Task training)
    {
        var sweep = collector.Sweep;
        var perRun = sweep.IterationsPerRun(sweep.Workload.Measure(sweep.WorkloadOptions));
        return Terminal.Progress.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var labels = SweepView.TitlesOf(sweep.Optimizers);
                var rows = collector.Runs.GroupBy(r => r.Row)
                    .Select(g => (Runs: g.ToArray(), Task: context.AddTask(Markup.Escape(labels[g.Key]), maxValue: (double)perRun * g.Count())))
                    .Append((Runs: [.. collector.Runs], Task: context.AddTask("all runs", maxValue: (double)perRun * collector.Runs.Count)))
                    .ToArray();
                do
                {
                    await Task.WhenAny(training, Task.Delay(Refresh));
                    foreach (var (runs, task) in rows)
                    {
                        // A run that diverged has ended, however few iterations it made.
                        task.Value = runs.Sum(r => (double)(r.Result is null ? r.Iterations : perRun));
                    }
                }
                while (!training.IsCompleted);
            });
    }
}
