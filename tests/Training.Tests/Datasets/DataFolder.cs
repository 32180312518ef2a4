using System.Text;
using Stepsize.Training.Datasets;

namespace Stepsize.Training.Tests.Datasets;

/// <summary>A data folder with what a test writes into it, gone afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public DatasetFolders Folders => new([Path]);

    /// <returns>Full path.</returns>
    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public void Dispose() => _folder.Dispose();
}
