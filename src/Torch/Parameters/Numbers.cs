using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Stepsize.Torch.Parameters;

/// <summary>Numbers of the host as tensors, and back: float, double and what counts examples and classes.</summary>
internal static class Numbers
{
    /// <summary>The type of tensors that hold <typeparamref name="T"/>.</summary>
    public static ScalarType Type<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? ScalarType.Float32
        : typeof(T) == typeof(double) ? ScalarType.Float64
        : typeof(T) == typeof(long) ? ScalarType.Int64
        : throw new NotSupportedException($"There are no tensors of {typeof(T).Name} here.");

    /// <summary>The memory of a contiguous tensor on the host.</summary>
    public static Span<T> Span<T>(Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    /// <summary>A tensor of its own on the device with the values.</summary>
    public static Tensor Upload<T>(ReadOnlySpan<T> values, Device device, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var host = empty(shape.ToArray(), dtype: Type<T>());
        values.CopyTo(Span<T>(host));
        return ToDevice(host, device);
    }

    /// <summary>The same for small lists of numbers in double.</summary>
    public static Tensor Upload(IEnumerable<double> values, Device device, params ReadOnlySpan<long> shape) => Upload<double>([.. values], device, shape);

    /// <summary>Moves a tensor of the host; on the CPU it stays what it is.</summary>
    public static Tensor ToDevice(Tensor host, Device device)
    {
        if (device.type == TorchSharp.DeviceType.CPU)
        {
            return host;
        }

        using (host)
        {
            return host.to(device);
        }
    }

    /// <summary>All values of a tensor, row by row.</summary>
    public static T[] Download<T>(Tensor tensor)
        where T : unmanaged
    {
        using var scope = NewDisposeScope();
        return Span<T>(tensor.to(Type<T>()).cpu().contiguous()).ToArray();
    }
}
