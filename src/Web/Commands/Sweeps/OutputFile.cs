using Stepsize.Training.Faults;
using Stepsize.Training.Files;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>
/// A result file that appears whole or not at all: written under another name in the same folder, then moved into place. Opened before
/// anything is trained, so that a place that cannot be written to is found out at once. A symbolic link stays one: the file that it leads to is written.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;

    /// <param name="field">Option or argument that names it, for messages.</param>
    /// <exception cref="InvalidInputException">The file cannot be written there.</exception>
    public OutputFile(string path, string field = "--out")
    {
        if (string.IsNullOrWhiteSpace(path) || Directory.Exists(path))
        {
            throw new InvalidInputException(field, $"\"{path}\" is not a file; name one, such as results.json.");
        }

        if (FileIdentity.Of(path) is { Kind: not FileKind.Regular } other)
        {
            throw new InvalidInputException(
                field, $"{path} is a {other.Kind.ToString().ToLowerInvariant()}, which cannot be written whole or not at all; name a file, such as results.json.");
        }

        try
        {
            _path = ResolvedPath.Of(path);
            CheckWritable();
            _temporary = $"{_path}.{Guid.NewGuid():n}.part";
            _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write);
            KeepMode();
        }
        catch (DirectoryNotFoundException)
        {
            throw new InvalidInputException(field, $"the folder {Path.GetDirectoryName(_path)} does not exist; create it or name another file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(field, $"{_path ?? path} cannot be written ({e.Message}); name another file.");
        }
    }

    /// <summary>The file that is there until the other is: for those who write by name, and then call <see cref="Commit()"/>.</summary>
    public string Temporary
    {
        get
        {
            _stream.Dispose();
            return _temporary;
        }
    }

    /// <summary>Puts the file that was written by name in its place; one that was there is replaced.</summary>
    public void Commit()
    {
        using (var written = new FileStream(_temporary, FileMode.Open, FileAccess.ReadWrite))
        {
            written.Flush(flushToDisk: true);
        }

        File.Move(_temporary, _path, overwrite: true);
    }

    /// <summary>Writes the content and puts the file in its place; one that was there is replaced.</summary>
    public void Commit(Action<Stream> write)
    {
        write(_stream);
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_temporary);
    }

    /// <summary>A file that is write-protected is not replaced, although its folder would allow it.</summary>
    private void CheckWritable()
    {
        if (File.Exists(_path))
        {
            using var there = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    /// <summary>Who could not read the file before cannot read what replaces it.</summary>
    private void KeepMode()
    {
        if (!OperatingSystem.IsWindows() && File.Exists(_path))
        {
            File.SetUnixFileMode(_temporary, File.GetUnixFileMode(_path));
        }
    }
}
