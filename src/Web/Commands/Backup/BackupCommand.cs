using System.CommandLine;
using Stepsize.Data.Database;
using Stepsize.Data.Database.Backup;
using Stepsize.Training.Faults;
using Stepsize.Web.Commands.Sweeps;

namespace Stepsize.Web.Commands.Backup;

/// <summary><c>backup</c>: a copy of the database as it is at one moment, also while a dashboard trains on it.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Target = new("FILE") { Description = "File to write the copy to; written whole or not at all." };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace FILE where it exists." };

    public static Command Create()
    {
        var command = new Command("backup", "Copies the database to a file, also while a dashboard trains on it.") { Target, CommandOptions.Database, Force };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetRequiredValue(Target), DatabaseOptions.Parse(CommandOptions.Settings(parsed).Database), parsed.GetValue(Force)));
        return command;
    }

    private static async Task<int> RunAsync(string target, DatabaseOptions database, bool replaces)
    {
        if (database.SqliteFile is not { } source)
        {
            throw new InvalidInputException("", $"A PostgreSQL database is copied by its own program: {PostgreSqlTools.Dump(database, target)}");
        }

        if (!File.Exists(source))
        {
            throw new InvalidInputException("db", $"there is no database {source}; name the file of a dashboard with --db.");
        }

        RefuseToReplace(target, replaces);
        using var stop = new StopSignal();
        using var output = new OutputFile(target, "FILE");
        var content = await CopyAsync(source, output.Temporary, stop.Token);
        if (stop.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped: nothing was written.");
            return ExitCode.Interrupted;
        }

        RefuseToReplace(target, replaces);
        output.Commit();
        Console.WriteLine($"{source} is copied to {Path.GetFullPath(target)}: {CopyProgress.Tell(content!)}, checked to be whole.");
        return ExitCode.Success;
    }

    /// <returns>Null where it was stopped.</returns>
    private static async Task<StoredContent?> CopyAsync(string source, string target, CancellationToken stop)
    {
        try
        {
            await CopyProgress.ShowAsync("copying", tell => SqliteCopy.CopyAsync(source, target, tell, stop));
            return await StoredContent.CheckAsync(target, source, stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static void RefuseToReplace(string target, bool replaces)
    {
        if (!replaces && File.Exists(target))
        {
            throw new InvalidInputException("FILE", $"{Path.GetFullPath(target)} exists; name another file, or replace it with --force.");
        }
    }
}
