using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>A file that was sent and is not imported yet: it waits in the data folder while a person looks at its preview, and goes with the program.</summary>
public sealed class TableUpload : IDisposable
{
    private readonly StagingLock _staged;

    private TableUpload(string file, StagingLock staged) => (File, _staged) = (file, staged);

    /// <summary>Name of the file as it was sent, without folders.</summary>
    public string File { get; }

    /// <param name="file">Name of the file, as the sender calls it.</param>
    /// <param name="root">The data folder.</param>
    /// <param name="limit">Most bytes that are taken.</param>
    /// <exception cref="InvalidInputException">It is larger, or cannot be written.</exception>
    public static async Task<TableUpload> ReceiveAsync(string file, Stream content, string root, long limit, CancellationToken cancellation)
    {
        var folder = Path.Combine(root, OwnTables.Folder);
        StagingLock? staged = null;
        try
        {
            Directory.CreateDirectory(folder);
            staged = StagingLock.Take(folder);
            await using (var target = new FileStream(staged.Path, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                await CopyAsync(content, target, limit, cancellation);
            }

            return new TableUpload(Path.GetFileName(file.Replace('\\', '/')), staged);
        }
        catch (Exception e)
        {
            staged?.Dispose();
            if (e is UnauthorizedAccessException or DirectoryNotFoundException)
            {
                throw new InvalidInputException(TableFault.Field, "The table cannot be written to the data folder; let this program write there.");
            }

            throw;
        }
    }

    /// <summary>The content, unpacked.</summary>
    /// <exception cref="InvalidInputException">It is damaged, or too large unpacked.</exception>
    public byte[] Read() => OwnTables.ReadFile(_staged.Path, File);

    public void Dispose() => _staged.Dispose();

    private static async Task CopyAsync(Stream source, Stream target, long limit, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        long total = 0;
        for (int count; (count = await source.ReadAsync(buffer, cancellation)) > 0;)
        {
            total += count;
            if (total > limit)
            {
                throw new InvalidInputException(TableFault.Field, FormattableString.Invariant($"The file is larger than {limit >> 20} MiB; bring it in with \"datasets import csv FILE\" on the machine that the dashboard runs on."));
            }

            await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
        }
    }
}
