using System.Text;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class CifarTests
{
    [Fact]
    public void Binary_TwoRecords_GivesPixelsAndClasses()
    {
        byte[] content = [7, .. Pixels(1), 9, .. Pixels(2)];
        var images = CifarBinary.Parse("data_batch_1.bin", content, CifarFormat.Ten, 2);
        Assert.Equal([7, 9], images.Labels);
        Assert.Equal([.. Pixels(1), .. Pixels(2)], images.Pixels);
        HostileFiles.Check(content, damaged => CifarBinary.Parse("data_batch_1.bin", damaged, CifarFormat.Ten, 2));
    }

    [Fact]
    public void Binary_Hundred_TakesTheFineLabel() =>
        Assert.Equal([99], CifarBinary.Parse("train.bin", [19, 99, .. Pixels(3)], CifarFormat.Hundred, 1).Labels);

    [Fact]
    public void Binary_ClassTooLarge_SaysAtWhichByte() =>
        Assert.Contains(
            "at byte 3073, the class is 10",
            Assert.Throws<InvalidInputException>(() => CifarBinary.Parse("b", [1, .. Pixels(1), 10, .. Pixels(2)], CifarFormat.Ten, 2)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Pickle_Batch_GivesPixelsAndClasses()
    {
        var content = Pickle("labels", [3, 0], [.. Pixels(1), .. Pixels(2)]);
        var images = CifarPickle.Parse("data_batch_1", content, CifarFormat.Ten, 2);
        Assert.Equal([3, 0], images.Labels);
        Assert.Equal([.. Pixels(1), .. Pixels(2)], images.Pixels);
        HostileFiles.Check(content, damaged => CifarPickle.Parse("data_batch_1", damaged, CifarFormat.Ten, 2));
    }

    [Theory]
    [InlineData("cos\nsystem\n(S'echo'\ntR.", "names a Python object")]
    [InlineData("cnumpy\ndtype\nU\u0002O8\u0085R.", "something other than an array of bytes")]
    [InlineData("i__builtin__\neval\n.", "0x69")]
    [InlineData("T\u00ff\u00ff\u00ff\u007f.", "bytes must follow")]
    [InlineData("(((.", "a value must stand")]
    [InlineData("}}s.", "stack is empty")]
    [InlineData("h\u0007.", "never kept")]
    public void Pickle_OtherPrograms_AreRefused(string program, string expected)
    {
        byte[] content = [0x80, 2, .. Encoding.Latin1.GetBytes(program)];
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => PickleReader.Read("p", content)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pickle_MillionsOfValues_AreRefused()
    {
        byte[] content = [0x80, 2, .. Enumerable.Repeat((byte)'}', 3_000_000)];
        Assert.Contains("more than 2000000 values", Assert.Throws<InvalidInputException>(() => PickleReader.Read("p", content)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pickle_ListInItself_IsRefusedAsLabels()
    {
        var content = Encoding.Latin1.GetBytes("\u0080\u0002]q\0h\0a.");
        var list = Assert.IsType<List<object>>(PickleReader.Read("p", content));
        Assert.Same(list, list[0]);
        Assert.Throws<InvalidInputException>(() => CifarPickle.Parse("p", content, CifarFormat.Ten, 1));
    }

    [Theory]
    [InlineData(".bin")]
    [InlineData("")]
    public void Load_EitherLayout_GivesTheSameImages(string extension)
    {
        using var folder = new DataFolder();
        string[] names = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];
        for (var i = 0; i < names.Length; i++)
        {
            folder.Write($"cifar10/{names[i]}{extension}", extension.Length > 0 ? [(byte)i, .. Pixels(i)] : Pickle("labels", [i], Pixels(i)));
        }

        var (train, test, checksums) = new Cifar10Dataset().Load(folder.Folders, trainingImages: 5, testImages: 1);
        Assert.Equal([0, 1, 2, 3, 4], train.Labels);
        Assert.Equal(Pixels(4), train.Pixels[^3072..]);
        Assert.Equal([5], test.Labels);
        Assert.Equal(6, checksums.Count);
        Assert.Throws<InvalidInputException>(() => new Cifar10Dataset().Check(folder.Folders));
    }

    [Fact]
    public void Load_Nothing_SaysWhichCommandGetsIt()
    {
        using var folder = new DataFolder();
        var error = Assert.Throws<InvalidInputException>(() => new Cifar100Dataset().Load(folder.Folders));
        Assert.Contains("datasets get cifar100", error.Message, StringComparison.Ordinal);
        Assert.Contains("cifar100/train.bin", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Pixels(int seed) => [.. Enumerable.Range(0, CifarFormat.Pixels).Select(i => (byte)((i * 31) + (seed * 17)))];

    /// <summary>A batch as Python 2 wrote it, with the superfluous entries, kept values and recalls that the original files have.</summary>
    private static byte[] Pickle(string labelKey, int[] labels, byte[] pixels)
    {
        var bytes = new List<byte>();
        void Text(string text) => bytes.AddRange(Encoding.Latin1.GetBytes(text));
        void String(string text) => Text("U" + (char)text.Length + text);
        Text("\u0080\u0002}q\u0001(");
        String("batch_label");
        Text("q\u0002");
        String("training batch 1 of 5");
        String(labelKey);
        Text("]q\u0005(" + string.Concat(labels.Select(l => "K" + (char)l)) + "e");
        String("data");
        Text("cnumpy.core.multiarray\n_reconstruct\nq\u0007cnumpy\nndarray\nq\u0008K\0\u0085U\u0001b\u0087Rq\t(K\u0001");
        Text("M" + (char)(labels.Length & 255) + (char)(labels.Length >> 8) + "M\0\u000c\u0086cnumpy\ndtype\nq\nU\u0002u1K\0K\u0001\u0087Rq\u000b(K\u0003U\u0001|NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb\u0089T");
        bytes.AddRange(BitConverter.GetBytes(pixels.Length));
        bytes.AddRange(pixels);
        Text("tb");
        String("filenames");
        Text("]q\u000cr\u0001\u0001\0\0(" + string.Concat(labels.Select(_ => "U\u0005a.pngh\u0002")) + "eu.");
        return [.. bytes];
    }
}
