using Stepsize.Torch.Devices;
using Stepsize.Torch.Execution;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Robustness;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>Trains a sweep in this process, shows how it goes, and writes and prints what came out.</summary>
internal static class SweepRun
{
    public static async Task<int> RunAsync(SweepRunRequest request)
    {
        var time = TimeProvider.System;
        using var stop = new StopSignal();
        using var output = request.OutputPath is { } path ? new OutputFile(path) : null;
        var datasets = DatasetFolders.Standard(request.Settings.DataFolder);
        var sweep = request.Specification;
        var problem = await Task.Run(() => sweep.Workload.Prepare(sweep.WorkloadOptions, datasets));
        var measure = problem.Measures[0];
        if (request.Tolerance is { } tolerance && ToleranceText.Fault(tolerance, measure) is { } fault)
        {
            throw new InvalidInputException("--tolerance", fault);
        }

        foreach (var remark in sweep.Workload.Remarks(sweep.WorkloadOptions, datasets))
        {
            Console.Error.WriteLine(remark);
        }

        using var pool = new TrainingPool(request.Settings.Threads);
        using var executor = new ChoosingExecutor(new DevicePlan(request.Settings.Device, request.Settings.TorchFolder), pool, datasets, time);
        executor.Open();
        var collector = new RunCollector(sweep);
        var began = time.GetTimestamp();
        await using var storage = request.Database is { } database ? await SweepStorage.OpenAsync(database, stop.Token) : null;
        var training = storage?.TrainAsync(sweep, executor, collector, stop.Token) ?? TrainAsync(collector, executor, stop.Token);
        await SweepProgress.ShowAsync(collector, problem, training);
        if (stop.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine($"Stopped: {collector.Ended} of {collector.Runs.Count} runs had ended.{storage?.AfterStop ?? " Nothing was written."}");
            return ExitCode.Interrupted;
        }

        output?.Commit(stream => ResultJson.Write(stream, collector, problem.Measures, time.GetElapsedTime(began)));
        RobustnessPrinter.Print(collector, measure, Tolerance.Parse(request.Tolerance, measure), Terminal.Output);
        return Report(collector);
    }

    private static Task TrainAsync(RunCollector collector, ChoosingExecutor executor, CancellationToken cancellation)
    {
        var runs = collector.Runs.Select((run, i) => new CohortRun(i, run.Configuration)).ToArray();
        return executor.TrainAsync(Cohort.Of(collector.Sweep, runs), collector, cancellation);
    }

    private static int Report(RunCollector collector)
    {
        var failed = collector.Runs.Where(r => r.Result is not { Outcome: not RunOutcome.Failed }).ToList();
        foreach (var run in failed)
        {
            Console.Error.WriteLine($"{RunText.Name(run)} failed: {run.Result?.Error ?? "it has no result."}");
        }

        return failed.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
