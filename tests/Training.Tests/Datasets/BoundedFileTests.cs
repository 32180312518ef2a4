using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class BoundedFileTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    public void Read_PlainOrGzipped_GivesTheContent(int length)
    {
        byte[] content = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        Assert.Equal(content, BoundedFile.Read(_folder.Write("plain", content), 70_000));
        Assert.Equal(content, BoundedFile.Read(_folder.Write("packed", HostileFiles.Gzip(content)), 70_000));
    }

    [Fact]
    public void Read_GzipThatUnpacksToMore_IsRefusedAtTheLimit()
    {
        var bomb = HostileFiles.Gzip(new byte[64 << 20]);
        var path = _folder.Write("bomb.gz", bomb);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidInputException>(() => BoundedFile.Read(path, 100_000));
        Assert.Contains("at byte 100000", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Read_LargerPlainFile_IsRefused() =>
        Assert.Contains("no more than 10 bytes", Assert.Throws<InvalidInputException>(() => BoundedFile.Read(_folder.Write("large", new byte[11]), 10)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_FolderOrMissingFile_IsRefused()
    {
        Assert.Throws<InvalidInputException>(() => BoundedFile.Read(_folder.Path, 10));
        Assert.Throws<InvalidInputException>(() => BoundedFile.Read(Path.Combine(_folder.Path, "none"), 10));
    }

    [Fact]
    public void Read_DamagedGzip_IsRefusedOrRead()
    {
        byte[] content = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * i))];
        HostileFiles.Check(HostileFiles.Gzip(content), damaged => BoundedFile.Read(_folder.Write("damaged", damaged), 5000));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(500)]
    [InlineData(-9)]
    [InlineData(-1)]
    public void Read_GzipCutShort_IsRefused(int length)
    {
        byte[] content = [.. Enumerable.Range(0, 3000).Select(i => (byte)(i * i * i / 7))];
        var packed = HostileFiles.Gzip(content);
        var path = _folder.Write("short.gz", packed[..(length > 0 ? length : packed.Length + length)]);
        Assert.Contains("cut short", Assert.Throws<InvalidInputException>(() => BoundedFile.Read(path, 5000)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
