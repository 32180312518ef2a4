namespace Stepsize.Web.Jobs;

/// <summary>What trains in this program: alone on a SQLite file, or as one of many on PostgreSQL.</summary>
internal interface ITrainingProgram
{
    /// <summary>Called once the database is open and before anything else starts: puts in order what the last program left.</summary>
    Task RecoverAsync(CancellationToken cancellation);

    /// <summary>Takes up what is unfinished. Returns when training may begin.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Stops training, with checkpoints, and returns when nothing trains any more. Also where it never started.</summary>
    Task StopAsync(CancellationToken cancellation);
}
