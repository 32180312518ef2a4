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

    /// <summary>Free bytes of the GPU that libtorch uses on the calling thread; null where they cannot be had.</summary>
    public static long? FreeBytes()
    {
        try
        {
            return MemoryInfo(out var free, out _) == 0 ? (long)free : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
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

    [LibraryImport(Library, EntryPoint = "cuMemGetInfo_v2")]
    private static partial int MemoryInfo(out nuint free, out nuint total);
}
