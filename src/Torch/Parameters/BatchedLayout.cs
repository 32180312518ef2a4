using Stepsize.Training.Parameters;
using static TorchSharp.torch;

namespace Stepsize.Torch.Parameters;

/// <summary>
/// The parameters of R runs as one matrix [R, <see cref="Width"/>]: a row is a run, in the order of the flat array of the CPU engine, but each tensor begins at
/// a multiple of 32 numbers, for the sake of wide loads. What lies between is padding and always zero.
/// </summary>
internal sealed class BatchedLayout
{
    private const int Alignment = 32;

    private readonly int[] _offsets;

    public BatchedLayout(ParameterLayout layout)
    {
        Layout = layout;
        _offsets = new int[layout.Segments.Count];
        var padding = new List<long>();
        for (var i = 0; i < _offsets.Length; i++)
        {
            _offsets[i] = Width;
            var end = Width + layout.Segments[i].Length;
            Width = (end + Alignment - 1) / Alignment * Alignment;
            padding.AddRange(Enumerable.Range(end, Width - end).Select(c => (long)c));
        }

        Padding = [.. padding];
    }

    public ParameterLayout Layout { get; }

    /// <summary>Parameter tensors.</summary>
    public int Count => _offsets.Length;

    /// <summary>Columns, padding included.</summary>
    public int Width { get; }

    /// <summary>The columns that are padding.</summary>
    public long[] Padding { get; }

    /// <summary>Parameter tensor i of every run as [R, length]: a view of the matrix.</summary>
    public Tensor Flat(Tensor matrix, int index) => matrix.narrow(1, _offsets[index], Layout.Segments[index].Length);

    /// <summary>Parameter tensor i of every run as [R, its shape]: a view of the matrix.</summary>
    public Tensor Shaped(Tensor matrix, int index)
    {
        using var flat = Flat(matrix, index);
        return flat.view([matrix.shape[0], .. Layout.Segments[index].Shape.Select(axis => (long)axis)]);
    }

    /// <summary>Parameter tensor i of every run as [R, rows, row length]: a view of the matrix.</summary>
    public Tensor Rows(Tensor matrix, int index)
    {
        var segment = Layout.Segments[index];
        using var flat = Flat(matrix, index);
        return flat.view(matrix.shape[0], segment.Rows, segment.RowLength);
    }

    /// <summary>A matrix of zeros for so many runs.</summary>
    public Tensor Zeros(long runs, ScalarType type, Device device) => zeros([runs, Width], dtype: type, device: device);

    /// <summary>Spreads the CPU engine's flat array over a row.</summary>
    public void Spread<T>(ReadOnlySpan<T> flat, Span<T> row)
        where T : unmanaged
    {
        row.Clear();
        for (var i = 0; i < Count; i++)
        {
            Layout.Segments[i].Of(flat).CopyTo(row[_offsets[i]..]);
        }
    }

    /// <summary>The flat array that a row holds.</summary>
    public T[] Gather<T>(ReadOnlySpan<T> row)
        where T : unmanaged
    {
        var flat = new T[Layout.Length];
        for (var i = 0; i < Count; i++)
        {
            row.Slice(_offsets[i], Layout.Segments[i].Length).CopyTo(flat.AsSpan(Layout.Segments[i].Offset));
        }

        return flat;
    }
}
