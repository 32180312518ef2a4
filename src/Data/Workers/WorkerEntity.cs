namespace Stepsize.Data.Workers;

/// <summary>A row of the table of workers: a program that is open on a PostgreSQL database, whether it trains or only shows.</summary>
internal sealed class WorkerEntity
{
    public long Id { get; set; }

    /// <summary>What people call it; its host and process where nobody named it.</summary>
    public required string Name { get; set; }

    public required string Host { get; set; }

    public int Pid { get; set; }

    public required string Version { get; set; }

    public required string Device { get; set; }

    /// <summary>Queues that it takes cohorts from, separated by commas; empty where it trains nothing.</summary>
    public required string Queues { get; set; }

    /// <summary>Cohorts that it trains at a time.</summary>
    public int Slots { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When it last said that it lives, by the database's clock.</summary>
    public DateTimeOffset BeatAt { get; set; }

    /// <summary>Whether it finishes what it trains and takes nothing more.</summary>
    public bool Draining { get; set; }

    public double IterationsPerSecond { get; set; }

    /// <summary>Why it leaves cohorts to others, as a sentence; null where it takes all.</summary>
    public string? Remark { get; set; }
}
