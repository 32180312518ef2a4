using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Stepsize.Training.Tests.Datasets.Weights;

/// <summary>Files of weights, right or wrong in a place that a test chooses.</summary>
internal static class WeightBytes
{
    /// <summary>A file of float tensors in safetensors' format.</summary>
    public static byte[] Safetensors(IReadOnlyDictionary<string, (int[] Shape, float[] Values)> tensors)
    {
        var (header, data) = (new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } }, new List<byte>());
        foreach (var (name, (shape, values)) in tensors)
        {
            header[name] = Entry("F32", shape, data.Count, data.Count + (4 * values.Length));
            data.AddRange(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return Safetensors(header.ToJsonString(), [.. data]);
    }

    /// <summary>A header of any text, padded with spaces to a multiple of eight as writers do.</summary>
    public static byte[] Safetensors(string header, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(header);
        text = [.. text, .. Enumerable.Repeat((byte)' ', (8 - (text.Length % 8)) % 8)];
        return [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. data];
    }

    public static JsonObject Entry(string type, int[] shape, long begin, long end) => new()
    {
        ["dtype"] = type,
        ["shape"] = new JsonArray([.. shape.Select(axis => (JsonNode)axis)]),
        ["data_offsets"] = new JsonArray(begin, end),
    };

    /// <summary>An archive of arrays under names that end as arrays' do, or otherwise.</summary>
    public static byte[] Npz(CompressionLevel level, params (string Entry, byte[] Content)[] entries)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return target.ToArray();
    }

    /// <summary>An array with a header of any text.</summary>
    public static byte[] Npy(string dictionary, byte[] data, byte version = 1)
    {
        var text = Encoding.Latin1.GetBytes(dictionary + "\n");
        var length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data];
    }

    public static byte[] Npy(int[] shape, float[] values) => Npy(
        $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Concat(shape.Select(axis => axis.ToString(CultureInfo.InvariantCulture) + ", "))}), }}",
        MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
