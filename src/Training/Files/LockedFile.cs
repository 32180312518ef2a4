using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Stepsize.Training.Files;

/// <summary>Reads a file that another program holds locked, which .NET refuses even to read although the system does not.</summary>
public static partial class LockedFile
{
    private const int ReadOnlyAndNotInherited = 0x80000;

    /// <returns>The first line; empty where there is none, and where the file cannot be read so.</returns>
    public static string ReadFirstLine(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "";
        }

        try
        {
            using var handle = new SafeFileHandle(Open(path, ReadOnlyAndNotInherited), ownsHandle: true);
            if (handle.IsInvalid)
            {
                return "";
            }

            using var reader = new StreamReader(new FileStream(handle, FileAccess.Read));
            return reader.ReadLine() ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            return "";
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
