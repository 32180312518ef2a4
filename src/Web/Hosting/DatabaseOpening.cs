using Stepsize.Data.Database;

namespace Stepsize.Web.Hosting;

/// <summary>Opens the database for a program that trains: upgraded, and locked against others that would train the same sweeps.</summary>
internal static class DatabaseOpening
{
    /// <summary>Shorter than while training: a person waits for the answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Dispose when training has ended.</returns>
    /// <exception cref="Training.Faults.InvalidInputException">It cannot be used; says why and what to do.</exception>
    public static async Task<DatabaseLock> OpenAsync(DatabaseOptions options, CancellationToken cancellation)
    {
        await using var services = new ServiceCollection().AddStepsizeData(options with { BusyTimeout = Patience }).BuildServiceProvider();
        await services.GetRequiredService<DatabaseSetup>().OpenAsync(cancellation);
        return DatabaseLock.Take(options);
    }
}
