using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets.Weights;

public sealed class SafetensorsTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public void Read_EveryKindOfNumber_IsTheNumberWritten()
    {
        // bfloat16 is the upper half of a float: 1.5 = 0x3FC0, −2 = 0xC000.
        byte[] brain = [0xC0, 0x3F, 0x00, 0xC0];
        Half[] halves = [(Half)0.1, Half.Epsilon];
        double[] doubles = [1.0 / 3, 1e-300];
        float[] singles = [float.MaxValue, -0f, 1e-45f];
        byte[] data = [.. MemoryMarshal.AsBytes(doubles.AsSpan()), .. MemoryMarshal.AsBytes(singles.AsSpan()), .. MemoryMarshal.AsBytes(halves.AsSpan()), .. brain];
        var header = new JsonObject
        {
            ["brain"] = WeightBytes.Entry("BF16", [2, 1], 32, 36),
            ["double"] = WeightBytes.Entry("F64", [2], 0, 16),
            ["single"] = WeightBytes.Entry("F32", [1, 3], 16, 28),
            ["half"] = WeightBytes.Entry("F16", [2], 28, 32),
        };
        using var file = Open(WeightBytes.Safetensors(header.ToJsonString(), data));

        Assert.Equal([1.5f, -2f], Read(file, "brain"));
        Assert.Equal([(float)(1.0 / 3), 0f], Read(file, "double"));
        Assert.Equal(singles, Read(file, "single"));
        Assert.Equal([(float)(Half)0.1, 5.9604645e-8f], Read(file, "half"));
        Assert.Equal([1, 3], file.Tensors.Single(t => t.Name == "single").Shape);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "\"a\" is there twice")]
    [InlineData("""{"a":{"dtype":"I64","shape":[2],"data_offsets":[0,16]}}""", "numbers of the kind \"I64\"; F64, F32, F16 and BF16 are read")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "\"b\" begins at byte 8 of the data, where the tensor before it ends at 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "neither gaps nor overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[4,16]}}""", "begins at byte 4 of the data, where the tensor before it ends at 0")]
    [InlineData("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]},"c":{"dtype":"F16","shape":[5],"data_offsets":[6,16]}}""", "begins at byte 2, which is no multiple of its numbers' 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "The tensors end at byte 12 of the data, and the file at 16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[5],"data_offsets":[0,20]}}""", "The tensors end at byte 20 of the data, and the file at 16: it is cut short")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}""", "lies at [16,0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[9223372036854775792,9223372036854775807]}}""", "two whole numbers 16 apart")]
    [InlineData("""{"a":{"dtype":"F16","shape":[4],"data_offsets":[9223372036854775798,9223372036854775806]}}""", "begins at byte 9223372036854775798 of the data")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[-16,0]}}""", "lies at [-16,0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,1e1]}}""", "lies at [0,1e1]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0]}}""", "lies at [0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967297,4294967295],"data_offsets":[0,16]}}""", "has the shape [4294967297,4294967295]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,16]}}""", "with a product of at most")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,4],"data_offsets":[0,0]}}""", "whole numbers from 1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,4],"data_offsets":[0,16]}}""", "up to 8 whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":"4","data_offsets":[0,16]}}""", "has the shape \"4\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16],"more":1}}""", "the fields dtype, shape, data_offsets, each once")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"shape":[4]}}""", "each once")]
    [InlineData("""{"a":[]}""", "the fields dtype, shape, data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}""", "its header is no JSON")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "its header is no JSON")]
    [InlineData("""{}""", "The tensors end at byte 0 of the data, and the file at 16")]
    public void Open_WrongHeader_SaysWhatIsWrong(string header, string expected)
    {
        var fault = Assert.Throws<InvalidInputException>(() => Open(WeightBytes.Safetensors(header, new byte[16])));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SeveralFaults_NamesThemAll()
    {
        const string Header = """{"a":{"dtype":"I8","shape":[16],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[-1],"data_offsets":[0,16]},"c":7}""";
        var fault = Assert.Throws<InvalidInputException>(() => Open(WeightBytes.Safetensors(Header, new byte[16])));
        Assert.Equal(4, fault.Faults.Count);
        Assert.All(["\"a\"", "\"b\"", "\"c\""], name => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(5_000_000UL)]
    public void Open_HeaderLongerThanTheFile_IsRefusedWithoutMemoryForIt(ulong length)
    {
        byte[] content = [.. BitConverter.GetBytes(length), .. "{}      "u8];
        Assert.Contains($"claims a header of {length} bytes", Assert.Throws<InvalidInputException>(() => Open(content)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BytesThatAreNoText_AreRefused()
    {
        var content = WeightBytes.Safetensors("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", new byte[16]);
        content[10] = 0xFF;
        Assert.Contains("its header is not UTF-8", Assert.Throws<InvalidInputException>(() => Open(content)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Read_NumberThatIsNotFinite_IsRefusedWithItsPlace(float bad)
    {
        using var file = Open(WeightBytes.Safetensors(new Dictionary<string, (int[], float[])> { ["w"] = ([3], [1, 2, bad]) }));
        Assert.Contains("number 2 of \"w\" is not finite", Assert.Throws<InvalidInputException>(() => Read(file, "w")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DamagedFiles_GiveASentenceOrAResult()
    {
        var valid = WeightBytes.Safetensors(new Dictionary<string, (int[], float[])>
        {
            ["first"] = ([2, 3], [1, 2, 3, 4, 5, 6]), ["second"] = ([1], [7]), ["Zwölf"] = ([4], [8, 9, 10, 11]),
        });
        var path = Path.Combine(_folder.Path, "damaged.safetensors");
        HostileFiles.Check(valid, content =>
        {
            File.WriteAllBytes(path, content);
            ReadAll(path);
        });

        // Every bit of the header, one at a time.
        for (var bit = 0; bit < 8 * (valid.Length - 44); bit++)
        {
            var damaged = (byte[])valid.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, damaged);
            try
            {
                ReadAll(path);
            }
            catch (InvalidInputException e)
            {
                Assert.True(e.Message.Length > 20, e.Message);
            }
        }
    }

    [Fact]
    public void Open_HeaderOfManyTensors_IsRefusedInBoundedMemory()
    {
        var header = new StringBuilder("{");
        for (var i = 0; i < 50_000; i++)
        {
            header.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"{i}\":{{\"dtype\":\"F32\",\"shape\":[268435456],\"data_offsets\":[0,1073741824]}},");
        }

        header[^1] = '}';
        var content = WeightBytes.Safetensors(header.ToString(), []);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<InvalidInputException>(() => Open(content));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L << 20);
        Assert.True(fault.Faults.Count <= 1 + FaultList.MostNamed);
    }

    public void Dispose() => _folder.Dispose();

    private static void ReadAll(string path)
    {
        using var file = WeightFile.Open(path);
        foreach (var tensor in file.Tensors)
        {
            Assert.Equal(tensor.Length, file.Read(tensor).Length);
        }
    }

    private static float[] Read(WeightFile file, string name) => file.Read(file.Tensors.Single(t => t.Name == name));

    private WeightFile Open(byte[] content) => WeightFile.Open(_folder.Write("w.safetensors", content));
}
