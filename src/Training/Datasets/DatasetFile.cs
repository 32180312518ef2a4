namespace Stepsize.Training.Datasets;

/// <summary>A file of a dataset, or a folder that stands for the many files in it. A file may also be there gzipped, with <c>.gz</c> after its name.</summary>
/// <param name="Path">Below a data folder, with forward slashes, such as <c>mnist/train-images-idx3-ubyte</c>.</param>
/// <param name="MaximumBytes">More, unpacked, is refused unread.</param>
/// <param name="Sha256">Of the unpacked content, where it is known.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
public sealed record DatasetFile(string Path, long MaximumBytes, string? Sha256 = null, bool IsFolder = false)
{
    private const string Gzipped = ".gz";

    /// <summary>Last part of the path.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Full path below a data folder, or null where it is not there.</summary>
    public string? FindIn(string root)
    {
        var path = System.IO.Path.Combine(root, Path);
        return IsFolder ? (Directory.Exists(path) ? path : null)
            : File.Exists(path) ? path
            : File.Exists(path + Gzipped) ? path + Gzipped
            : null;
    }

    /// <summary>Whether a file of this name, in a folder or an archive, is meant.</summary>
    public bool IsNamed(string name) => !IsFolder && (name == Name || name == Name + Gzipped);
}
