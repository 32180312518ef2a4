using Stepsize.Data.Database;
using Stepsize.Training.Files;

namespace Stepsize.Web.Hosting;

/// <summary>Opens the database for a program that trains: locked against others that would train the same sweeps, and upgraded.</summary>
internal static class DatabaseOpening
{
    /// <summary>Shorter than while training: a person waits for the answer, or looks at a page that says that the program starts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <returns>Dispose when training has ended.</returns>
    /// <exception cref="Training.Faults.InvalidInputException">It cannot be used; says why and what to do.</exception>
    public static async Task<DatabaseLock> OpenAsync(DatabaseOptions options, CancellationToken cancellation)
    {
        await using var services = new ServiceCollection().AddStepsizeData(options with { BusyTimeout = Patience }).BuildServiceProvider();
        var setup = services.GetRequiredService<DatabaseSetup>();

        // Locked first: a newer version must not upgrade a database under the hands of an older one that trains.
        setup.PrepareFolder();
        var held = DatabaseLock.Take(options, TimeProvider.System);
        try
        {
            await setup.OpenAsync(cancellation);
            WarnOfOtherNames(options);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>SQLite keeps its log beside the name that a file is opened by, and after a crash finds it there alone.</summary>
    private static void WarnOfOtherNames(DatabaseOptions options)
    {
        if (options.SqliteFile is { } file && FileIdentity.Of(file) is { Links: > 1 and var names })
        {
            Console.Error.WriteLine(
                $"Warning: {file} has {names} names (hard links). Open it by this one alone, or what was trained last may be lost after a crash; better, make it a copy.");
        }
    }
}
