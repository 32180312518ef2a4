using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class DatasetImporterTests : IDisposable
{
    private readonly DataFolder _source = new();
    private readonly DataFolder _target = new();
    private readonly SmallDataset _dataset = new([]);

    [Fact]
    public async Task Import_Folder_FindsFilesByNameGzippedOrNot()
    {
        _source.Write("deep/er/one.txt", "a one");
        _source.Write("two.txt.gz", HostileFiles.Gzip("a two"u8.ToArray()));
        _source.Write("other.txt", "b");
        var located = await ImportAsync(_source.Path);
        Assert.EndsWith("small/one.txt", located["one.txt"], StringComparison.Ordinal);
        Assert.EndsWith("small/two.txt.gz", located["two.txt"], StringComparison.Ordinal);
        Assert.Equal(["small"], Directory.GetFileSystemEntries(_target.Path).Select(p => Path.GetFileName(p)));
    }

    [Theory]
    [InlineData("small.tar")]
    [InlineData("small.tgz")]
    [InlineData("small.zip")]
    public async Task Import_Archive_TakesKnownNamesWhereverTheyAre(string name)
    {
        (string, byte[])[] files = [("../../../one.txt", "a one"u8.ToArray()), ("/tmp/two.txt", "a two"u8.ToArray()), ("evil.txt", "b"u8.ToArray())];
        var archive = name.EndsWith("zip", StringComparison.Ordinal) ? ArchiveFiles.Zip(files)
            : name.EndsWith("tar", StringComparison.Ordinal) ? ArchiveFiles.Tar(files) : ArchiveFiles.TarGz(files);
        var located = await ImportAsync(_source.Write(name, archive));
        Assert.Equal("a one", await File.ReadAllTextAsync(located["one.txt"], TestContext.Current.CancellationToken));
        Assert.Equal(2, Directory.GetFiles(_target.Path, "*", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData("bomb.zip")]
    [InlineData("bomb.tgz")]
    public async Task Import_ArchiveWithAFileTooLarge_IsRefusedAndNothingIsWritten(string name)
    {
        (string, byte[])[] files = [("one.txt", new byte[30 << 20]), ("two.txt", "a"u8.ToArray())];
        var path = _source.Write(name, name.EndsWith("zip", StringComparison.Ordinal) ? ArchiveFiles.Zip(files) : ArchiveFiles.TarGz(files));
        Assert.Contains("no more than 100000", (await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(path))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_target.Path));
    }

    [Fact]
    public async Task Import_TarThatUnpacksToGigabytes_IsRefusedEarly()
    {
        // The header alone claims eight gigabytes.
        var tar = ArchiveFiles.Tar(("other.bin", new byte[600]));
        var header = tar.AsSpan().IndexOf("other.bin"u8);
        "77777777777"u8.CopyTo(tar.AsSpan(header + 124));
        "        "u8.CopyTo(tar.AsSpan(header + 148));
        var sum = tar.AsSpan(header, 512).ToArray().Sum(b => b);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, header + 148);
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(_source.Write("large.tar", tar)));
        Assert.Contains("larger than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_InvalidFile_LeavesWhatWasThere()
    {
        _target.Write("small/one.txt", "a before");
        _source.Write("one.txt", "a");
        _source.Write("two.txt", "b");
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(_source.Path));
        Assert.StartsWith("datasets: small/two.txt cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Equal("a before", await File.ReadAllTextAsync(Path.Combine(_target.Path, "small/one.txt"), TestContext.Current.CancellationToken));
        Assert.Equal(["small"], Directory.GetFileSystemEntries(_target.Path).Select(p => Path.GetFileName(p)));
    }

    [Fact]
    public async Task Import_Incomplete_NamesWhatIsMissing()
    {
        _source.Write("one.txt", "a");
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(_source.Path));
        Assert.Contains("two.txt", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("one.txt", error.Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", (await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync("/no/such/place"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("small.tar")]
    [InlineData("small.tgz")]
    [InlineData("small.zip")]
    public void Import_DamagedArchive_IsRefusedOrRead(string name)
    {
        (string, byte[])[] files = [("one.txt", "a one"u8.ToArray()), ("two.txt", "a two"u8.ToArray())];
        var valid = name.EndsWith("zip", StringComparison.Ordinal) ? ArchiveFiles.Zip(files)
            : name.EndsWith("tar", StringComparison.Ordinal) ? ArchiveFiles.Tar(files) : ArchiveFiles.TarGz(files);
        HostileFiles.Check(valid, damaged => ImportAsync(_source.Write(name, damaged)).GetAwaiter().GetResult());
        Assert.DoesNotContain(Directory.GetDirectories(_target.Path), d => d.Contains("incoming", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_SingleFileOfAnyName_IsTheDatasetsOnlyOne()
    {
        var path = _source.Write("train (1).csv", "text,label\nhello,0\nworld,1\n");
        var located = await DatasetImporter.ImportAsync(new NewsDataset(), path, _target.Path, null, TestContext.Current.CancellationToken);
        Assert.EndsWith("news/news.csv", located["news.csv"], StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
    }

    private Task<LocatedDataset> ImportAsync(string path) => DatasetImporter.ImportAsync(_dataset, path, _target.Path, null, CancellationToken.None);
}
