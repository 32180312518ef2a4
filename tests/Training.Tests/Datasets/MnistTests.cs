using System.IO.Compression;
using Stepsize.Training.Datasets;
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

        Assert.Contains("mnist/train-images-idx3-ubyte.gz", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, "must unpack to 60008 bytes, but has only")]
    [InlineData(0.0, "must unpack to 60008 bytes, but has only 0")]
    public void Load_TruncatedFile_IsRefused(double share, string expected)
    {
        using var folder = Copy();
        var bytes = File.ReadAllBytes(folder.Labels);
        File.WriteAllBytes(folder.Labels, bytes[..(int)(bytes.Length * share)]);

        Assert.Contains(expected, Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoGzipFile_IsRefused()
    {
        using var folder = Copy();
        File.WriteAllText(folder.Labels, "<html>404</html>");

        Assert.Contains("no gzip file", Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OneByteChanged_IsRefusedByChecksum()
    {
        using var folder = Copy();
        var content = IdxFile.Unpack(folder.Labels, 60_008);
        content[1000] ^= 1;
        Write(folder.Labels, content);

        Assert.Contains("SHA-256", Refusal(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileThatUnpacksToGigabytes_IsRefusedEarly()
    {
        using var folder = Copy();
        Write(folder.Labels, new byte[100_000_000]);

        Assert.Contains("must unpack to 60008 bytes, but has more", Refusal(folder), StringComparison.Ordinal);
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
            foreach (var name in Mnist.Checksums.Keys)
            {
                File.Copy(RepositoryFiles.Datasets.Find($"mnist/{name}.gz")!, Path.Combine(_folder.Path, "mnist", name + ".gz"));
            }
        }

        public string Labels => Path.Combine(_folder.Path, "mnist", "train-labels-idx1-ubyte.gz");

        public DatasetFolders Datasets => new([_folder.Path]);

        public void Dispose() => _folder.Dispose();
    }
}
