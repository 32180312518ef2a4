namespace Stepsize.Data.Workers;

/// <summary>The time of the database's server, which all workers share however their own clocks jump.</summary>
internal static class ServerClock
{
    /// <summary>Milliseconds since 1970, UTC, as SQL of PostgreSQL: of this moment, not of the transaction's beginning.</summary>
    public const string Now = "(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint";
}
