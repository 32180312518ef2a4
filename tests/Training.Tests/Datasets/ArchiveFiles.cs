using System.Formats.Tar;
using System.IO.Compression;

namespace Stepsize.Training.Tests.Datasets;

/// <summary>Archives as other programs write them.</summary>
internal static class ArchiveFiles
{
    public static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using var target = new MemoryStream();
        using (var tar = new TarWriter(target, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "folder/"));
            tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "one.txt") { LinkName = "/etc/passwd" });
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return target.ToArray();
    }

    public static byte[] TarGz(params (string Name, byte[] Content)[] files) => HostileFiles.Gzip(Tar(files));

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return target.ToArray();
    }
}
