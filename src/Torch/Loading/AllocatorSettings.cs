using System.Runtime.InteropServices;

namespace Stepsize.Torch.Loading;

/// <summary>
/// How the C library keeps freed memory. A tensor program frees and takes large blocks all the time; with the defaults each is given back to the system
/// and cleared by it when it is taken again, which made training on libtorch's CPU build more than four times slower.
/// </summary>
internal static partial class AllocatorSettings
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    /// <summary>Most that glibc takes for the second.</summary>
    private const int LargestMapThreshold = 32 << 20;

    private const int Gigabyte = 1 << 30;

    /// <summary>For the whole process, once. Where the C library does not offer it, training is merely slower.</summary>
    public static void KeepFreedMemory()
    {
        try
        {
            _ = SetOption(TrimThreshold, Gigabyte);
            _ = SetOption(MapThreshold, LargestMapThreshold);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
