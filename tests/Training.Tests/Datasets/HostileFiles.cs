using System.IO.Compression;
using Stepsize.Training.Faults;
using Stepsize.Training.Randomness;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

/// <summary>Damages a valid file in many ways: a reader may then give a result or refuse with a sentence, and nothing else.</summary>
internal static class HostileFiles
{
    private const int Flips = 600;

    /// <param name="valid">A file that the reader accepts.</param>
    /// <param name="read">The reader.</param>
    public static void Check(byte[] valid, Action<byte[]> read)
    {
        read(valid);
        foreach (var length in Lengths(valid.Length))
        {
            Survive(valid[..length], read, $"cut to {length} of {valid.Length} bytes");
        }

        Survive([.. valid, .. valid], read, "written twice");
        Survive([.. valid, 0], read, "with a zero byte after its end");
        Survive(new byte[valid.Length], read, "zeros alone");
        Survive([.. Enumerable.Repeat((byte)0xFF, valid.Length)], read, "0xFF alone");
        var random = new RandomStream(valid.Length, RandomPurpose.Data);
        for (var i = 0; i < Flips; i++)
        {
            var damaged = (byte[])valid.Clone();
            for (var k = 0; k <= i % 4; k++)
            {
                damaged[random.NextBelow(valid.Length)] = (byte)random.NextBelow(256);
            }

            Survive(damaged, read, $"with random bytes, trial {i}");
        }
    }

    public static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return target.ToArray();
    }

    /// <summary>Every length of a small file; of a larger one the first and last thousand and a sample between.</summary>
    private static IEnumerable<int> Lengths(int length) =>
        Enumerable.Range(0, length).Where(i => i < 600 || i > length - 200 || i % Math.Max(1, length / 300) == 0);

    private static void Survive(byte[] damaged, Action<byte[]> read, string how)
    {
        try
        {
            read(damaged);
        }
        catch (InvalidInputException e)
        {
            Assert.True(e.Message.Length > 20, $"A file {how} gave the message \"{e.Message}\".");
        }
        catch (Exception e)
        {
            Assert.Fail($"A file {how} gave {e}");
        }
    }
}
