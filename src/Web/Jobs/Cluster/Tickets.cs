using Hangfire;
using Hangfire.States;
using Stepsize.Data.Database;
using Stepsize.Data.Workers;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>Puts jobs into the queue for cohorts that wait.</summary>
internal sealed class Tickets(Dispatcher dispatcher, ICohortKeeper keeper, DatabasePatience patience, ILogger<Tickets> log)
{
    /// <summary>Of a queue at a time: a worker that is awake claims what there is without them, so that they need only wake all.</summary>
    private const int Most = 64;

    /// <summary>
    /// Writes jobs for cohorts that have none, and for those whose job must have been lost. Should this not be reached, or fail, the next reconciliation does it.
    /// </summary>
    public async Task WriteAsync()
    {
        try
        {
            foreach (var (queue, count) in await keeper.TakeTicketsAsync(Most, CancellationToken.None))
            {
                for (var left = await MissingAsync(queue, count); left > 0; left--)
                {
                    await AddAsync(queue);
                }
            }
        }
        catch (Exception e)
        {
            log.LogInformation("Jobs for cohorts that wait could not be written, and will be: {Reason}", patience.Describe(e));
        }
    }

    public Task AddAsync(string queue) => dispatcher.Storage is { } storage
        ? Task.Run(() => new BackgroundJobClient(storage).Create<CohortJob>(job => job.TrainAsync(queue), new EnqueuedState(queue)))
        : Task.CompletedTask;

    /// <summary>Jobs that wait already count: where nobody takes them, such as with no worker, they do not pile up.</summary>
    private async Task<int> MissingAsync(string queue, int wanted)
    {
        if (dispatcher.Storage is not { } storage)
        {
            return 0;
        }

        var there = await Task.Run(() => storage.GetMonitoringApi().EnqueuedCount(queue));
        return (int)Math.Clamp(Most - there, 0, wanted);
    }
}
