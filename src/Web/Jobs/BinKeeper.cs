using Stepsize.Data.Database;
using Stepsize.Data.Sweeps.Bin;

namespace Stepsize.Web.Jobs;

/// <summary>
/// Removes for good what has been in the bin for thirty days: when the program starts, and every day that it runs. Nothing has to be remembered from one
/// day to the next, so that this is no job of the scheduler: a start that was missed is made good by the following one.
/// </summary>
internal sealed class BinKeeper(IBin bin, DatabaseOptions database, TimeProvider time, ILogger<BinKeeper> log, Readiness readiness) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAny(readiness.Completed, Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken));
        if (!readiness.IsReady)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await PurgeAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PurgeAsync(CancellationToken stopping)
    {
        try
        {
            if (await bin.PurgeAsync(stopping) is > 0 and var removed)
            {
                log.LogInformation("{Count} sweeps and runs were removed from the bin, where they had been for 30 days.", removed);
            }
        }
        catch (Exception e) when (DatabaseFaults.Describe(e, database) is { } sentence)
        {
            log.LogWarning("The bin was not emptied, and will be tomorrow: {Reason}", sentence);
        }
    }
}
