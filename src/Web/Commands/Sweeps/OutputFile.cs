using Stepsize.Training.Faults;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>
/// A result file that appears whole or not at all: written under another name in the same folder, then moved into place. Opened before
/// anything is trained, so that a folder that cannot be written to is found out at once.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;

    /// <exception cref="InvalidInputException">The file cannot be written there.</exception>
    public OutputFile(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || Directory.Exists(path))
        {
            throw new InvalidInputException("--out", $"\"{path}\" is not a file; name one, such as results.json.");
        }

        _path = Path.GetFullPath(path);
        _temporary = $"{_path}.{Guid.NewGuid():n}.part";
        try
        {
            _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write);
        }
        catch (DirectoryNotFoundException)
        {
            throw new InvalidInputException("--out", $"the folder {Path.GetDirectoryName(_path)} does not exist; create it or name another file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException("--out", $"{_path} cannot be written ({e.Message}); name another file.");
        }
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
}
