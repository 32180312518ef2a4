using System.Runtime.InteropServices;
using Stepsize.Torch.Parameters;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>Numbers of each run of an optimizer, [k, …]: what it remembers, or what its settings say. Rows can be taken out as runs end.</summary>
internal sealed class StateTensor(Tensor value) : IDisposable
{
    public Tensor Value { get; private set; } = value;

    /// <summary>Bytes of a run.</summary>
    public int RowBytes => (int)(Value.NumberOfElements / Value.shape[0] * Value.ElementSize);

    /// <summary>Goes on with some rows alone.</summary>
    public void Keep(Tensor rows)
    {
        var kept = Value.index_select(0, rows);
        Value.Dispose();
        Value = kept;
    }

    public void Save(long row, Span<byte> destination)
    {
        using var scope = NewDisposeScope();
        Value[row].cpu().contiguous().bytes.CopyTo(destination);
    }

    public void Restore(long row, ReadOnlySpan<byte> source)
    {
        using var own = Value[row];
        using var values = Value.dtype == ScalarType.Float32
            ? Numbers.Upload(MemoryMarshal.Cast<byte, float>(source), Value.device, own.shape)
            : Numbers.Upload(MemoryMarshal.Cast<byte, double>(source), Value.device, own.shape);
        own.copy_(values);
    }

    public void Dispose() => Value.Dispose();
}
