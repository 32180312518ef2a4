using System.Globalization;
using System.Text;
using Stepsize.Training.Files;

namespace Stepsize.Web.Hosting;

/// <summary>Says which program holds the lock of a database, for the person who is refused.</summary>
internal static class LockHolder
{
    private const string SystemLocks = "/proc/locks";

    /// <summary>Writes which program this is into the lock file that it holds.</summary>
    public static void Sign(FileStream lockFile, TimeProvider time)
    {
        var command = Environment.GetCommandLineArgs().Skip(1).FirstOrDefault(a => !a.StartsWith('-')) ?? "serve";
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"stepsize {command}, process {Environment.ProcessId} on {Environment.MachineName}, since {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC\n");
        try
        {
            lockFile.SetLength(0);
            lockFile.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // A full disk: the lock holds without a name.
        }
    }

    /// <returns>The process that Linux lists as holding a lock on the file, by whatever name; empty where it lists none, such as one in another container.</returns>
    public static string Find(string path)
    {
        if (FileIdentity.Of(path) is not { } file)
        {
            return "";
        }

        try
        {
            // "1: FLOCK  ADVISORY  WRITE 708 08:01:1048 0 EOF"
            var wanted = string.Create(CultureInfo.InvariantCulture, $"{file.DeviceMajor:x2}:{file.DeviceMinor:x2}:{file.Inode}");
            var holder = File.ReadLines(SystemLocks)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .FirstOrDefault(words => words.Length > 5 && words[1] == "FLOCK" && words[5] == wanted);
            return holder is null ? "" : $"process {holder[4]}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
