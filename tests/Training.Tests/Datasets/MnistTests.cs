using System.IO.Compression;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class MnistTests
{
    [Fact]
    public void Load_OriginalFiles_HasImagesAndLabels()
    {
        var mnist = Mnist.Load(RepositoryFiles.Datasets);
        var train = mnist.Train<float>();
        var test = mnist.Test<float>();

        Assert.Equal((60_000, 784, 10_000), (train.Count, train.InputLength, test.Count));
        Assert.Equal([5, 0, 4, 1, 9], train.Labels[..5].ToArray());
        Assert.Equal([7, 2, 1, 0, 4], test.Labels[..5].ToArray());
        Assert.Equal(0.1135, test.LargestClassShare(), 1e-12);
        Assert.Equal(0.1307, train.Inputs.ToArray().Average(), 1e-4);
        Assert.Equal(1, train.Inputs.ToArray().Max());
    }

    [Fact]
    public void Load_Twice_SharesTheNumbers()
    {
        var first = Mnist.Load(RepositoryFiles.Datasets).Train<float>();
        var second = Mnist.Load(RepositoryFiles.Datasets).Train<float>(100);

        Assert.Equal(100, second.Count);
        Assert.True(first.Inputs[..78400] == second.Inputs);
    }

    [Fact]
    public void Load_NoFiles_NamesFileAndFolders()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<InvalidInputException>(() => Mnist.Load(new DatasetFolders([folder.Path])));

        Assert.Contains("mnist/train-images-idx3-ubyte", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, "cannot be unpacked any further")]
    [InlineData(0.0, "at byte 0, it ends, but it must hold 60008 bytes")]
    public void Load_TruncatedFile_IsRefused(double share, string expected)
    {
        using var folder = Copy();
        var bytes = File.ReadAllBytes(folder.Labels);
        File.WriteAllBytes(folder.Labels, bytes[..(int)(bytes.Length * share)]);

        Assert.Contains(expected, Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherFile_IsRefused()
    {
        using var folder = Copy();
        File.WriteAllText(folder.Labels, "<html>404 …</html>");

        Assert.Contains("at byte 20, it ends", Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OneByteChanged_IsRefusedByChecksum()
    {
        using var folder = Copy();
        var content = BoundedFile.Read(folder.Labels, 60_008);
        content[1000] ^= 1;
        Write(folder.Labels, content);

        Assert.Contains("SHA-256", Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileThatUnpacksToGigabytes_IsRefusedEarly()
    {
        using var folder = Copy();
        Write(folder.Labels, new byte[100_000_000]);

        Assert.Contains("at byte 60008, it goes on", Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AfterTheFileWasRepaired_Succeeds()
    {
        using var folder = Copy();
        var original = File.ReadAllBytes(folder.Labels);
        File.WriteAllText(folder.Labels, "");
        Assert.Throws<InvalidInputException>(() => Mnist.Load(folder.Datasets));
        File.WriteAllBytes(folder.Labels, original);

        Assert.Equal(60_000, Mnist.Load(folder.Datasets).Train<float>().Count);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 0, 8, 1, 0, 0, 0, 1, 5 })]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 1, 5 })]
    [InlineData(new byte[] { 0, 0, 8, 0 })]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1 })]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 5 })]
    [InlineData(new byte[] { 0, 0, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF, 5 })]
    [InlineData(new byte[] { 0, 0, 8, 3, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 5 })]
    public void Parse_HostileHeader_IsRefused(byte[] content) =>
        Assert.Throws<InvalidInputException>(() => IdxFile.Parse("labels.gz", content));

    [Fact]
    public void Parse_TwoAxes_ReadsThem()
    {
        var file = IdxFile.Parse("images.gz", [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);

        Assert.Equal([2, 3], file.Axes);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Values.ToArray());
    }

    [Fact]
    public void Parse_Damaged_IsRefusedOrRead() =>
        HostileFiles.Check([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2, .. Enumerable.Range(0, 12).Select(i => (byte)i)], damaged => IdxFile.Parse("images", damaged, 2, 3, 2));

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, "at byte 9, the class is 10")]
    public void Load_FashionFiles_AreReadPlainOrGzipped(byte label, string? refused)
    {
        using var folder = new DataFolder();
        byte[] pixels = [.. Enumerable.Range(0, 2 * 784).Select(i => (byte)i)];
        foreach (var (part, end) in new[] { ("train", ""), ("t10k", ".gz") })
        {
            byte[] images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, .. pixels];
            byte[] labels = [0, 0, 8, 1, 0, 0, 0, 2, 3, label];
            folder.Write($"fashion-mnist/{part}-images-idx3-ubyte{end}", end.Length > 0 ? HostileFiles.Gzip(images) : images);
            folder.Write($"fashion-mnist/{part}-labels-idx1-ubyte{end}", end.Length > 0 ? HostileFiles.Gzip(labels) : labels);
        }

        if (refused is not null)
        {
            Assert.Contains(refused, Assert.Throws<InvalidInputException>(() => new FashionMnistDataset().Load(folder.Folders, 2, 2)).Message, StringComparison.Ordinal);
            return;
        }

        var (train, test, checksums) = new FashionMnistDataset().Load(folder.Folders, 2, 2);
        Assert.Equal([3, 9], train.Labels);
        Assert.Equal(pixels, test.Pixels);
        Assert.Equal(checksums["train-images-idx3-ubyte"], checksums["t10k-images-idx3-ubyte"]);
    }

    private static string Refusal(MnistCopy folder)
    {
        var error = Assert.Throws<InvalidInputException>(() => Mnist.Load(folder.Datasets));
        Assert.Contains("train-labels-idx1-ubyte.gz", error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private static void Write(string path, byte[] content)
    {
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write(content);
    }

    private static MnistCopy Copy() => new();

    private sealed class MnistCopy : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public MnistCopy()
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, "mnist"));
            foreach (var name in Mnist.Load(RepositoryFiles.Datasets).Checksums.Keys)
            {
                File.Copy(RepositoryFiles.Datasets.Find($"mnist/{name}.gz")!, Path.Combine(_folder.Path, "mnist", name + ".gz"));
            }
        }

        public string Labels => Path.Combine(_folder.Path, "mnist", "train-labels-idx1-ubyte.gz");

        public DatasetFolders Datasets => new([_folder.Path]);

        public void Dispose() => _folder.Dispose();
    }
}
