namespace Stepsize.Data.Workers;

/// <summary>How long a claim to a cohort holds without a word of its worker.</summary>
/// <param name="Lease">After this another worker may claim the cohort.</param>
public sealed record LeaseTerms(TimeSpan Lease)
{
    public static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(6);

    public static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(10);

    public static LeaseTerms Standard { get; } = new(TimeSpan.FromSeconds(60));

    /// <summary>A worker says this often that it lives, and asks what is wished of it.</summary>
    public TimeSpan Beat => Lease / 12;

    /// <summary>After this without a word that arrived, a worker stops by itself: before another may claim what it trains.</summary>
    public TimeSpan StopAfter => Lease * 0.75;

    /// <summary>How often those who train no more are looked for.</summary>
    public TimeSpan Reconciliation => Lease / 6;

    /// <summary>How long a cohort that was given back for a change of its sweep is kept from being claimed, should nobody make the change.</summary>
    public static TimeSpan Reserve { get; } = TimeSpan.FromSeconds(10);

    /// <summary>After this a job that was put into the queue for a cohort, which waits nevertheless, is taken for lost.</summary>
    public static TimeSpan TicketAge { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Claims of one cohort that may end without a word and without an iteration stored, before its runs fail.</summary>
    public const int MostAttempts = 5;
}
