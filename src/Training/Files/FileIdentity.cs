using System.Runtime.InteropServices;

namespace Stepsize.Training.Files;

/// <summary>
/// What a file is, whatever it is called: two paths with the same device and inode are one file. .NET tells neither these nor pipes from regular files, and
/// opening a pipe to find out waits for its other end.
/// </summary>
/// <param name="Links">Names that the file has: hard links.</param>
public sealed partial record FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode, uint Links, FileKind Kind)
{
    private const int CurrentFolder = -100;
    private const uint BasicStatistics = 0x7ff;
    private const int KindMask = 0xF000;

    /// <summary>Follows symbolic links.</summary>
    /// <returns>Null where nothing is there, and where the system cannot be asked.</returns>
    public static FileIdentity? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            var answer = default(Statistics);
            return Ask(CurrentFolder, path, 0, BasicStatistics, ref answer) == 0
                ? new FileIdentity(answer.DeviceMajor, answer.DeviceMinor, answer.Inode, answer.Links, KindOf(answer.Mode))
                : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null; // Another C library.
        }
    }

    private static FileKind KindOf(ushort mode) => (mode & KindMask) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0x1000 => FileKind.Pipe,
        0xC000 => FileKind.Socket,
        _ => FileKind.Device,
    };

    [LibraryImport("libc.so.6", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Ask(int folder, string path, int flags, uint mask, ref Statistics answer);

    /// <summary>The kernel's <c>struct statx</c>, which is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statistics
    {
        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
