namespace Stepsize.Data.Database;

/// <summary>What training waits for.</summary>
/// <param name="Reason">A sentence that says what the database cannot do now, and what a person can.</param>
/// <param name="Since">When it first failed.</param>
public sealed record DatabaseWait(string Reason, DateTimeOffset Since);
