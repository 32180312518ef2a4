using Microsoft.EntityFrameworkCore;
using Stepsize.Training.Faults;
using Stepsize.Training.Files;

namespace Stepsize.Data.Database;

/// <summary>Opens the database when the program starts: makes what is missing, upgrades what is older and refuses what it cannot use.</summary>
public sealed class DatabaseSetup
{
    private readonly IDbContextFactory<StepsizeContext> _contexts;
    private readonly DatabaseOptions _options;
    private readonly SemaphoreSlim _once = new(1, 1);
    private bool _isOpen;

    internal DatabaseSetup(IDbContextFactory<StepsizeContext> contexts, DatabaseOptions options)
    {
        _contexts = contexts;
        _options = options;
    }

    /// <summary>Makes the database ready. Calling it again does nothing.</summary>
    /// <exception cref="InvalidInputException">The database cannot be used; the message is one sentence that says why and what to do. Nothing was changed.</exception>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        await _once.WaitAsync(cancellation);
        try
        {
            if (!_isOpen)
            {
                PrepareFolder();
                await UpgradeAsync(cancellation);
                _isOpen = true;
            }
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Makes the folder that the SQLite file lies in.</summary>
    /// <exception cref="InvalidInputException">It cannot be made, or the database is a folder or another thing that is no file.</exception>
    public void PrepareFolder()
    {
        if (_options.SqliteFile is not { } file)
        {
            return;
        }

        if (Directory.Exists(file))
        {
            throw new InvalidInputException("", $"{file} is a folder; name a database file in it, such as {Path.Combine(file, "stepsize.db")}.");
        }

        if (FileIdentity.Of(file) is { Kind: not FileKind.Regular } other)
        {
            throw new InvalidInputException("", $"{file} is a {other.Kind.ToString().ToLowerInvariant()} and not a database file; name another one.");
        }

        var folder = Path.GetDirectoryName(file)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException("", $"The folder {folder} of the database cannot be made ({e.Message}); name a database file somewhere else.");
        }
    }

    private async Task UpgradeAsync(CancellationToken cancellation)
    {
        try
        {
            await using var context = await _contexts.CreateDbContextAsync(cancellation);
            await SchemaUpgrade.RunAsync(context, _options, target: null, cancellation);
        }
        catch (Exception e) when (e is not InvalidInputException && DatabaseFaults.Describe(e, _options) is { } sentence)
        {
            throw new InvalidInputException("", sentence);
        }
    }
}
