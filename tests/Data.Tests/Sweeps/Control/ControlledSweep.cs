using Stepsize.Training.Execution;

namespace Stepsize.Data.Tests.Sweeps.Control;

/// <summary>Sweeps in the states that people control them in.</summary>
internal static class ControlledSweep
{
    /// <summary>Trained to its end: quadratic-2d, one optimizer.</summary>
    public static async Task<long> CompletedAsync(
        TestDatabase database, int values = 3, int seeds = 2, int iterations = 40, Func<CohortRun, RunOutcome>? outcome = null)
    {
        var id = await database.Store.CreateAsync(Sample.Sweep(values, seeds, iterations), Token);
        await TrainAsync(database, id, iterations, outcome);
        return id;
    }

    /// <summary>Trains what is left of the sweep as the program does.</summary>
    /// <returns>Runs trained.</returns>
    public static async Task<IReadOnlyList<long>> TrainAsync(TestDatabase database, long id, int iterations, Func<CohortRun, RunOutcome>? outcome = null)
    {
        var work = await database.Lifecycle.BeginAsync(id, Token);
        var recorder = database.Recording.Open(() => { }, Token);
        foreach (var run in work!.Runs)
        {
            Sample.Train(recorder, run, iterations, 25, outcome?.Invoke(run) ?? RunOutcome.Finished);
        }

        await recorder.FlushAsync();
        Assert.Null(recorder.FirstFailure);
        await database.Lifecycle.FinishIfDoneAsync(id, Token);
        return [.. work.Runs.Select(r => r.Key)];
    }
}
