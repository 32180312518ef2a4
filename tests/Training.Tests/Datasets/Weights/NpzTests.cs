using System.IO.Compression;
using System.Text;
using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets.Weights;

public sealed class NpzTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData("numpy.npz")]
    [InlineData("numpy-compressed.npz")]
    public void Read_FilesOfNumPy_AreTheirArrays(string name)
    {
        float[] expected = [-0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f];
        using var file = WeightFile.Open(Reference(name));
        Assert.Equal(["half", "layer/double", "matrix", "scalar"], file.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(expected, Read(file, "matrix"));
        Assert.Equal(expected, Read(file, "half"));
        Assert.Equal([-0.5f, 0.25f, -0.25f, 0.5f, 0, 0.75f], Read(file, "layer/double"));
        Assert.Equal([7f], Read(file, "scalar"));
        Assert.Equal([3, 2], file.Tensors.Single(t => t.Name == "layer/double").Shape);
    }

    [Fact]
    public void Open_ColumnsAndWholeNumbers_AreRefusedTogether()
    {
        var fault = Assert.Throws<InvalidInputException>(() => WeightFile.Open(Reference("columns.npz")));
        Assert.Contains("\"matrix\" is stored column by column; save it with numpy.ascontiguousarray", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"whole\" has numbers of the kind '<i8'; <f8, <f4 and <f2 are read", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zipped.pth")]
    [InlineData("legacy.pth")]
    public void Open_PickleOfPyTorch_SaysHowToConvertIt(string name)
    {
        var fault = Assert.Throws<InvalidInputException>(() => WeightFile.Open(Reference(name)));
        Assert.Contains("it is a pickle", fault.Message, StringComparison.Ordinal);
        Assert.Contains("s.save_file(", fault.Message, StringComparison.Ordinal);
        Assert.Contains("weights_only=True", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (4,), }", "numbers of the kind '>f4'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (4,), }", "numbers of the kind '|O'")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (4,), }", "not as NumPy writes it")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'more': 1}", "not as NumPy writes it")]
    [InlineData("{'shape': (4,), 'descr': '<f4', 'fortran_order': False}", "not as NumPy writes it")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }", "not as NumPy writes it")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), } + exit()", "not as NumPy writes it")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "has the shape (99999999999999999999,)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-4,), }", "not as NumPy writes it")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536), }", "with a product of at most")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }", "which is not what its header and 5 numbers take")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "which is not what its header and 3 numbers take")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 4), }", "whole numbers from 1")]
    public void Open_WrongHeader_SaysWhatIsWrong(string dictionary, string expected)
    {
        var fault = Assert.Throws<InvalidInputException>(() => Open(CompressionLevel.NoCompression, ("a.npy", WeightBytes.Npy(dictionary, new byte[16]))));
        Assert.Contains("\"a\" ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WrongEntries_NamesThemAll()
    {
        var array = WeightBytes.Npy([1], [1]);
        var fault = Assert.Throws<InvalidInputException>(() => Open(
            CompressionLevel.Optimal, ("a.npy", array), ("a.npy", array), ("read me.txt", []), ("b.npy", [.. "no array at all"u8]), ("c.npy", WeightBytes.Npy(new string(' ', 20_000), [], version: 2))));
        Assert.Contains("\"a\" is there twice", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"read me.txt\" is not called NAME.npy", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"b\" is no array of NumPy", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"c\" claims a header of 20001 bytes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ArrayThatWasChanged_IsFoundByItsCheck()
    {
        var content = WeightBytes.Npz(CompressionLevel.NoCompression, ("a.npy", WeightBytes.Npy([2], [1.25f, 3])));
        var place = content.AsSpan().IndexOf(BitConverter.GetBytes(1.25f));
        content[place] ^= 1;
        using var file = WeightFile.Open(_folder.Write("a.npz", content));
        Assert.Contains("\"a\" cannot be read to its end", Assert.Throws<InvalidInputException>(() => Read(file, "a")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Open_DamagedFiles_GiveASentenceOrAResult(CompressionLevel level)
    {
        var valid = WeightBytes.Npz(level, ("first.npy", WeightBytes.Npy([2, 3], [1, 2, 3, 4, 5, 6])), ("second.npy", WeightBytes.Npy([1], [7])));
        var path = Path.Combine(_folder.Path, "damaged.npz");
        HostileFiles.Check(valid, content =>
        {
            File.WriteAllBytes(path, content);
            using var file = WeightFile.Open(path);
            foreach (var tensor in file.Tensors)
            {
                file.Read(tensor);
            }
        });
    }

    [Fact]
    public void Read_ArrayThatUnpacksToMoreThanItSays_TakesNoMoreMemoryThanItSays()
    {
        // A bomb: 64 MiB of zeros, of which the directory says that they are 16 bytes more than the header.
        var array = WeightBytes.Npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", new byte[64 << 20]);
        var content = WeightBytes.Npz(CompressionLevel.Optimal, ("a.npy", array));
        var honest = BitConverter.GetBytes((uint)array.Length);
        var lie = BitConverter.GetBytes((uint)(array.Length - (64 << 20) + 16));
        for (var at = content.AsSpan().LastIndexOf(honest); at >= 0; at = content.AsSpan().LastIndexOf(honest))
        {
            lie.CopyTo(content, at);
        }

        var path = _folder.Write("a.npz", content);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<InvalidInputException>(() =>
        {
            using var file = WeightFile.Open(path);
            Read(file, "a");
        });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L << 20);
        Assert.Contains("cannot be", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.npy", "it is a single array of NumPy")]
    [InlineData("a.txt", "it begins neither as a safetensors nor as an npz file does")]
    [InlineData("a.pt", "it is a pickle")]
    [InlineData("missing", "does not exist")]
    [InlineData("", "is a folder")]
    public void Open_OtherFiles_SaysWhatToGive(string name, string expected)
    {
        _folder.Write("a.npy", WeightBytes.Npy([1], [1]));
        _folder.Write("a.txt", "weights");
        _folder.Write("a.pt", Encoding.UTF8.GetBytes("anything"));
        var fault = Assert.Throws<InvalidInputException>(() => WeightFile.Open(Path.Combine(_folder.Path, name)));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Reference(string name) => Path.Combine(RepositoryFiles.Root, "tests/Training.Tests/Datasets/Weights/Files", name);

    private static float[] Read(WeightFile file, string name) => file.Read(file.Tensors.Single(t => t.Name == name));

    private WeightFile Open(CompressionLevel level, params (string Entry, byte[] Content)[] entries) =>
        WeightFile.Open(_folder.Write("w.npz", WeightBytes.Npz(level, entries)));
}
