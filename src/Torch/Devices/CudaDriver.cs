using System.Runtime.InteropServices;
using System.Text;

namespace Stepsize.Torch.Devices;

/// <summary>What NVIDIA's driver says of the GPUs, without libtorch: their number, names and memory.</summary>
internal static unsafe partial class CudaDriver
{
    private const string Library = "libcuda.so.1";
    private const int LongestName = 256;

    /// <summary>The GPUs that this process may use; empty where there is no driver or no GPU.</summary>
    public static IReadOnlyList<Gpu> Gpus()
    {
        try
        {
            if (Initialise(0) != 0 || Count(out var count) != 0)
            {
                return [];
            }

            return [.. Enumerable.Range(0, count).Select(Describe)];
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return [];
        }
    }

    /// <summary>Free bytes of a GPU; null where they cannot be had.</summary>
    public static long? FreeBytes(int ordinal)
    {
        try
        {
            return Device(out var device, ordinal) == 0 && Retain(out var context, device) == 0 ? FreeBytes(device, context) : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The driver asks in the context of the calling thread, which may be that of another GPU, or none.</summary>
    private static long? FreeBytes(int device, nint context)
    {
        try
        {
            if (Push(context) != 0)
            {
                return null;
            }

            var isKnown = MemoryInfo(out var free, out _) == 0;
            _ = Pop(out _);
            return isKnown ? (long)free : null;
        }
        finally
        {
            _ = Release(device);
        }
    }

    private static Gpu Describe(int ordinal)
    {
        Span<byte> name = stackalloc byte[LongestName];
        nuint bytes = 0;
        if (Device(out var device, ordinal) != 0 || Name(ref name[0], LongestName, device) != 0 || TotalMemory(out bytes, device) != 0)
        {
            return new Gpu(ordinal, "a GPU that the driver does not describe", (long)bytes);
        }

        return new Gpu(ordinal, Encoding.ASCII.GetString(name[..Math.Max(0, name.IndexOf((byte)0))]), (long)bytes);
    }

    [LibraryImport(Library, EntryPoint = "cuInit")]
    private static partial int Initialise(uint flags);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetCount")]
    private static partial int Count(out int count);

    [LibraryImport(Library, EntryPoint = "cuDeviceGet")]
    private static partial int Device(out int device, int ordinal);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetName")]
    private static partial int Name(ref byte name, int length, int device);

    [LibraryImport(Library, EntryPoint = "cuDeviceTotalMem_v2")]
    private static partial int TotalMemory(out nuint bytes, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRetain")]
    private static partial int Retain(out nint context, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    private static partial int Release(int device);

    [LibraryImport(Library, EntryPoint = "cuCtxPushCurrent_v2")]
    private static partial int Push(nint context);

    [LibraryImport(Library, EntryPoint = "cuCtxPopCurrent_v2")]
    private static partial int Pop(out nint context);

    [LibraryImport(Library, EntryPoint = "cuMemGetInfo_v2")]
    private static partial int MemoryInfo(out nuint free, out nuint total);
}
