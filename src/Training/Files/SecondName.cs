using System.Runtime.InteropServices;

namespace Stepsize.Training.Files;

/// <summary>Gives a file a second name, so that the first can be given to another file with no moment at which it names none.</summary>
public static partial class SecondName
{
    /// <returns>False where the system or the file system has no hard links.</returns>
    public static bool TryGive(string file, string name)
    {
        try
        {
            return OperatingSystem.IsLinux() && Link(file, name) == 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string file, string name);
}
