namespace Stepsize.Training.Tests;

/// <summary>A folder of its own, deleted with all that is in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stepsize-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
