using System.Runtime.InteropServices;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Reading;

/// <summary>Refuses what is neither a file nor a folder: opening a named pipe waits for ever, and a device never ends.</summary>
internal static partial class RegularFile
{
    private const int CurrentFolder = -100;
    private const uint FileTypeAndMode = 0x2;
    private const int ModeOffset = 28;
    private const int StatusBytes = 256;
    private const int FileType = 0xF000;

    /// <param name="path">Links are followed.</param>
    /// <param name="shown">What messages call it; the path where null.</param>
    /// <exception cref="InvalidInputException">The path leads to a named pipe, a device or a socket.</exception>
    public static void Require(string path, string? shown = null)
    {
        if (Kind(path) is { } kind)
        {
            throw new InvalidInputException(FileFault.Field, $"{shown ?? path} is {kind}; give a regular file or a folder.");
        }
    }

    /// <summary>What it is in words; null for files and folders, and where the system does not say.</summary>
    private static string? Kind(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> status = stackalloc byte[StatusBytes];
        try
        {
            if (ReadStatus(CurrentFolder, Path.GetFullPath(path), 0, FileTypeAndMode, ref status[0]) != 0)
            {
                // Not there, or not to be seen: opening it says so in words of its own.
                return null;
            }
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }

        // struct statx has the same layout on every architecture; file types are those of POSIX.
        return (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & FileType) switch
        {
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    [LibraryImport("libc.so.6", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ReadStatus(int folder, string path, int flags, uint mask, ref byte status);
}
