using Stepsize.Data.Database;

namespace Stepsize.Web.Jobs;

/// <summary>What training waits for, as a sentence for log and command line.</summary>
internal static class WaitText
{
    /// <param name="wait">Null where the wait is over.</param>
    public static string Of(DatabaseWait? wait) => wait is null
        ? "The wait for the database is over."
        : $"Training waits, tries again and loses nothing: {wait.Reason}";
}
