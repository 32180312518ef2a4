using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stepsize.Web.Views.Curves;

/// <summary>
/// What a chart of many curves is drawn from, as bytes: the length of the header (32 bits), the header as JSON, blanks up to a multiple of four bytes, then for each
/// series its fields one after another, each <see cref="PacketSeries.Count"/> little-endian float32 numbers. NaN and ±∞ keep their bits.
/// </summary>
public sealed class CurvePacket
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required PacketHeader Header { get; init; }

    public required IReadOnlyList<float[]> Values { get; init; }

    public async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(Header, Json);
        var padded = (header.Length + 3) / 4 * 4;
        var start = new byte[sizeof(uint) + padded];
        BinaryPrimitives.WriteUInt32LittleEndian(start, (uint)padded);
        header.CopyTo(start, sizeof(uint));
        start.AsSpan(sizeof(uint) + header.Length).Fill((byte)' ');
        await stream.WriteAsync(start, cancellation);
        foreach (var values in Values)
        {
            await stream.WriteAsync(LittleEndianBytes(values), cancellation);
        }
    }

    private static ReadOnlyMemory<byte> LittleEndianBytes(float[] values)
    {
        if (!BitConverter.IsLittleEndian)
        {
            var swapped = MemoryMarshal.Cast<float, int>(values.AsSpan()).ToArray();
            BinaryPrimitives.ReverseEndianness(swapped, swapped);
            return MemoryMarshal.AsBytes(swapped.AsSpan()).ToArray();
        }

        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }
}

/// <param name="First">First iteration of the window.</param>
/// <param name="Last">Its last.</param>
/// <param name="Total">Iterations of the longest run.</param>
/// <param name="IsRaw">Whether every iteration is a point; then there are no largest values beside the smallest.</param>
/// <param name="Fields">
/// What each series has: <c>min</c>, <c>max</c>, and as asked for <c>bandLow</c>, <c>bandHigh</c>, <c>seeds</c>, <c>smoothMin</c>, <c>smoothMax</c>.
/// </param>
/// <param name="Iterations">Iteration of each point.</param>
public sealed record PacketHeader(
    int First, int Last, int Total, bool IsRaw, IReadOnlyList<string> Fields, IReadOnlyList<int> Iterations, IReadOnlyList<PacketFamily> Families, IReadOnlyList<PacketSeries> Series);

/// <param name="Colors">CSS colour of each axis value.</param>
public sealed record PacketFamily(string Title, IReadOnlyList<string> Colors);

/// <param name="Family">Index into the families.</param>
/// <param name="Value">Index into the family's axis values.</param>
/// <param name="Address">Page that the line leads to.</param>
/// <param name="Count">Points: fewer than the window has where the run is shorter.</param>
/// <param name="NonFinite">First iteration of the whole run whose value is not finite; of the first seed to have one where the line stands for several.</param>
/// <param name="NonPositive">Values of the window that are 0 or less.</param>
/// <param name="Seeds">Seeds that the line stands for.</param>
public sealed record PacketSeries(int Family, int Value, string Label, string Address, int Count, int? NonFinite, int NonPositive, int Seeds);
