using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Stepsize.Torch.Parameters;

/// <summary>The rows of tensors [R, …] as bytes, tensor after tensor: what checkpoints are made of.</summary>
internal static class RowBytes
{
    /// <summary>Bytes of a row of all tensors.</summary>
    public static long Length(IEnumerable<Tensor> tensors) => tensors.Sum(Length);

    /// <summary>The rows of all runs, which are fetched tensor by tensor; none where there are no tensors.</summary>
    /// <param name="before">Bytes to leave before each row.</param>
    public static byte[][] Read(IReadOnlyCollection<Tensor> tensors, int before)
    {
        var length = checked((int)(before + Length(tensors)));
        byte[][] rows = [.. Enumerable.Range(0, (int)(tensors.FirstOrDefault()?.shape[0] ?? 0)).Select(_ => new byte[length])];
        var place = before;
        foreach (var tensor in tensors)
        {
            using var scope = NewDisposeScope();
            var all = tensor.detach().cpu().contiguous().bytes;
            var width = (int)Length(tensor);
            for (var i = 0; i < rows.Length; i++)
            {
                all.Slice(checked(i * width), width).CopyTo(rows[i].AsSpan(place));
            }

            place += width;
        }

        return rows;
    }

    /// <summary>Sets a row of all tensors.</summary>
    public static void Write(IEnumerable<Tensor> tensors, long row, ReadOnlySpan<byte> bytes)
    {
        using var undifferentiated = no_grad();
        foreach (var tensor in tensors)
        {
            using var scope = NewDisposeScope();
            var own = tensor[row];
            var width = (int)Length(tensor);
            var values = tensor.dtype == ScalarType.Float32
                ? Numbers.Upload(MemoryMarshal.Cast<byte, float>(bytes[..width]), tensor.device, own.shape)
                : Numbers.Upload(MemoryMarshal.Cast<byte, double>(bytes[..width]), tensor.device, own.shape);
            own.copy_(values);
            bytes = bytes[width..];
        }
    }

    private static long Length(Tensor tensor) => tensor.NumberOfElements / tensor.shape[0] * tensor.ElementSize;
}
