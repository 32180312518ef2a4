using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class DatasetDownloaderTests : IAsyncDisposable
{
    private static readonly byte[] Archive = ArchiveFiles.TarGz(("folder/one.txt", "a one"u8.ToArray()), ("folder/two.txt", [.. "a"u8, .. Noise()]));

    private readonly DataFolder _folder = new();
    private readonly LoopbackServer _server = new(Archive);
    private readonly HttpClient _http = new();
    private readonly List<AcquisitionProgress> _progress = [];

    [Fact]
    public async Task Get_Archive_UnpacksChecksAndCleansUp()
    {
        var located = await GetAsync(Dataset());
        Assert.Equal("a one", await File.ReadAllTextAsync(located["one.txt"], TestContext.Current.CancellationToken));
        Assert.Equal(_folder.Path, located.Root);
        Assert.Contains(_progress, p => p.Done == Archive.Length && p.Total == Archive.Length);
        Assert.Equal([".downloads", "small"], Directory.GetFileSystemEntries(_folder.Path).Select(p => Path.GetFileName(p)).Order());
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder.Path, ".downloads")));
    }

    [Fact]
    public async Task Get_ConnectionBreaksOff_GoesOnWhereItStopped()
    {
        _server.BreakAfter = 1000;
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => GetAsync(Dataset()));
        Assert.Contains($"1000 of {Archive.Length} bytes are kept", error.Message, StringComparison.Ordinal);
        _server.BreakAfter = int.MaxValue;
        await GetAsync(Dataset());
        Assert.Equal([0, 1000], _server.Starts);
    }

    [Fact]
    public async Task Get_SecondAddress_GoesOnFromTheFirst()
    {
        await using var mirror = new LoopbackServer(Archive);
        _server.BreakAfter = 700;
        await GetAsync(Dataset(mirror.Address("small.tar.gz")));
        Assert.Equal([700], mirror.Starts);
    }

    [Fact]
    public async Task Get_ServerIgnoresRanges_StartsAgain()
    {
        _server.BreakAfter = 1000;
        await Assert.ThrowsAsync<InvalidInputException>(() => GetAsync(Dataset()));
        (_server.BreakAfter, _server.IgnoresRanges) = (int.MaxValue, true);
        Assert.NotNull(await GetAsync(Dataset()));
    }

    [Fact]
    public async Task Get_OtherBytes_AreRefusedByChecksumAndDeleted()
    {
        var dataset = Dataset();
        _server.Content = [.. Archive[..^1], (byte)(Archive[^1] ^ 1)];
        Assert.Contains("SHA-256", (await Assert.ThrowsAsync<InvalidInputException>(() => GetAsync(dataset))).Message, StringComparison.Ordinal);
        Assert.Null(dataset.Locate(_folder.Folders));
        _server.Content = Archive;
        await GetAsync(dataset);
        Assert.Equal([0, 0], _server.Starts);
    }

    [Fact]
    public async Task Get_MoreBytesThanAnnounced_IsCutOff()
    {
        var dataset = Dataset();
        _server.Content = new byte[50 << 20];
        Assert.Contains($"no more than {Archive.Length} bytes", (await Assert.ThrowsAsync<InvalidInputException>(() => GetAsync(dataset))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404 Not Found", "404")]
    [InlineData("503 Service Unavailable", "503")]
    public async Task Get_ErrorOfTheServer_IsSaid(string status, string expected)
    {
        _server.Status = status;
        Assert.Contains(expected, (await Assert.ThrowsAsync<InvalidInputException>(() => GetAsync(Dataset()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NobodyListens_IsSaid()
    {
        var dataset = new SmallDataset([SmallDataset.Download(Archive, "http://127.0.0.1:9/small.tar.gz")]);
        Assert.Contains("could not be fetched", (await Assert.ThrowsAsync<InvalidInputException>(() => GetAsync(dataset))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NothingToDownload_SaysHowToGetIt() =>
        Assert.Contains("Write it yourself", (await Assert.ThrowsAsync<InvalidInputException>(() => GetAsync(new SmallDataset([])))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Get_Cancelled_KeepsWhatCame()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new ImmediateProgress(_ => cancellation.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DatasetDownloader(_http, TimeProvider.System).GetAsync(Dataset(), _folder.Path, progress, cancellation.Token));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, ".downloads")));
        Assert.DoesNotContain(Directory.GetDirectories(_folder.Path), d => d.Contains("incoming", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private static byte[] Noise()
    {
        var random = new Training.Randomness.RandomStream(1, Training.Randomness.RandomPurpose.Data);
        return [.. Enumerable.Range(0, 5000).Select(_ => (byte)random.NextBelow(256))];
    }

    private SmallDataset Dataset(params string[] mirrors) => new([SmallDataset.Download(Archive, [_server.Address("small.tar.gz"), .. mirrors])]);

    private Task<LocatedDataset> GetAsync(Dataset dataset) =>
        new DatasetDownloader(_http, TimeProvider.System).GetAsync(dataset, _folder.Path, new ImmediateProgress(_progress.Add), TestContext.Current.CancellationToken);

    private sealed class ImmediateProgress(Action<AcquisitionProgress> report) : IProgress<AcquisitionProgress>
    {
        public void Report(AcquisitionProgress value) => report(value);
    }
}
