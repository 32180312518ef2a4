using System.CommandLine;
using Stepsize.Data.Database;
using Stepsize.Data.Database.Backup;
using Stepsize.Training.Faults;
using Stepsize.Training.Files;
using Stepsize.Web.Hosting;

namespace Stepsize.Web.Commands.Backup;

/// <summary><c>restore</c>: puts a copy in the place of the database, and keeps what was there beside it.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Source = new("FILE") { Description = "A file that stepsize backup wrote." };

    public static Command Create()
    {
        var command = new Command("restore", "Puts a copy in the place of the database, while no program uses it; what was there is kept beside it.")
        {
            Source, CommandOptions.Database,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(Source), DatabaseOptions.Parse(CommandOptions.Settings(parsed).Database), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string source, DatabaseOptions options, CancellationToken cancellation)
    {
        if (options.SqliteFile is not { } database)
        {
            throw new InvalidInputException("", $"A PostgreSQL database is restored by its own program: {PostgreSqlTools.Restore(options, source)}");
        }

        if (!File.Exists(source) || FileIdentity.Of(source) is { Kind: not FileKind.Regular })
        {
            throw new InvalidInputException("FILE", $"there is no file {source}; name one that stepsize backup wrote.");
        }

        if (ResolvedPath.Of(source) == database)
        {
            throw new InvalidInputException("FILE", $"{source} is the database itself; name a copy of it.");
        }

        Prepare(options);
        var wasThere = File.Exists(database);
        using var held = DatabaseLock.Take(options, TimeProvider.System);
        var replacement = $"{database}.{Guid.NewGuid():n}.part";
        try
        {
            await CopyProgress.ShowAsync("copying", tell => SqliteCopy.CopyAsync(source, replacement, tell, cancellation));
            var content = await StoredContent.CheckAsync(replacement, source, cancellation);
            var kept = await ReplacedDatabase.ReplaceAsync(database, replacement, TimeProvider.System, cancellation);
            Console.WriteLine($"{database} holds what {source} held: {CopyProgress.Tell(content)}.{(content.IsOlder ? " The next start upgrades it." : "")}");
            if (kept is not null)
            {
                Console.WriteLine($"What was there before is kept as {kept}.");
            }

            return ExitCode.Success;
        }
        catch when (!wasThere && new FileInfo(database) is { Exists: true, Length: 0 } empty)
        {
            empty.Delete(); // Made for the lock.
            throw;
        }
        finally
        {
            File.Delete(replacement);
        }
    }

    private static void Prepare(DatabaseOptions options)
    {
        using var services = new ServiceCollection().AddStepsizeData(options).BuildServiceProvider();
        services.GetRequiredService<DatabaseSetup>().PrepareFolder();
    }
}
