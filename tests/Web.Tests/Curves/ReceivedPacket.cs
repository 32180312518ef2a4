using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Stepsize.Web.Views.Scales;

namespace Stepsize.Web.Tests.Curves;

/// <summary>A packet as a browser takes it apart.</summary>
internal sealed class ReceivedPacket
{
    private readonly byte[] _bytes;
    private readonly int _start;

    public ReceivedPacket(byte[] bytes)
    {
        _bytes = bytes;
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        Header = JsonDocument.Parse(bytes.AsMemory(sizeof(uint), length)).RootElement;
        _start = sizeof(uint) + length;
    }

    public JsonElement Header { get; }

    public IReadOnlyList<JsonElement> Series => [.. Header.GetProperty("series").EnumerateArray()];

    public IReadOnlyList<string> Fields => [.. Header.GetProperty("fields").EnumerateArray().Select(f => f.GetString()!)];

    public IReadOnlyList<int> Iterations => [.. Header.GetProperty("iterations").EnumerateArray().Select(i => i.GetInt32())];

    /// <summary>Bytes that no series accounts for.</summary>
    public int Rest => _bytes.Length - _start - (Series.Sum(Count) * Fields.Count * sizeof(float));

    public float[] Of(int series, string field)
    {
        var before = (Series.Take(series).Sum(Count) * Fields.Count) + (Count(Series[series]) * Fields.ToList().IndexOf(field));
        return MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(_start + (before * sizeof(float)), Count(Series[series]) * sizeof(float))).ToArray();
    }

    private static int Count(JsonElement series) => series.GetProperty("count").GetInt32();
}
