using System.Security.Cryptography;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Datasets;

/// <summary>
/// Files that were sent and wait for a person to look at their preview. They are kept for an hour, and at most a few at a time: the oldest go first. What is
/// kept is known by a word of its own, so that nobody sees another's by guessing.
/// </summary>
public sealed class TableUploads(DatasetFolders folders, TimeProvider clock) : IDisposable
{
    /// <summary>Largest file that is sent; larger ones are brought in on the command line.</summary>
    public const long MostBytes = 64L << 20;

    private const int Kept = 8;
    private const int WordBytes = 12;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly List<(string Word, DateTimeOffset At, TableUpload Upload)> _uploads = [];

    /// <returns>The word by which it is found.</returns>
    /// <exception cref="InvalidInputException">It is too large, or cannot be kept.</exception>
    public async Task<string> ReceiveAsync(string file, Stream content, CancellationToken cancellation)
    {
        var upload = await TableUpload.ReceiveAsync(file, content, folders.Writable, MostBytes, cancellation);
        var word = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(WordBytes));
        lock (_gate)
        {
            _uploads.Add((word, clock.GetUtcNow(), upload));
            DropOld();
        }

        return word;
    }

    /// <summary>Null where it was imported, or is kept no more.</summary>
    public TableUpload? Find(string word)
    {
        lock (_gate)
        {
            DropOld();
            return _uploads.Find(u => u.Word == word).Upload;
        }
    }

    /// <summary>Lets go of what was imported, or is not wanted.</summary>
    public void Remove(string word)
    {
        lock (_gate)
        {
            Drop(u => u.Word == word);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Drop(_ => true);
        }
    }

    private void DropOld()
    {
        var oldest = clock.GetUtcNow() - Lifetime;
        var many = _uploads.Count - Kept;
        Drop(u => u.At < oldest || many-- > 0);
    }

    private void Drop(Predicate<(string Word, DateTimeOffset At, TableUpload Upload)> isMeant)
    {
        foreach (var upload in _uploads.FindAll(isMeant))
        {
            _uploads.Remove(upload);
            upload.Upload.Dispose();
        }
    }
}
