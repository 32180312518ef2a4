using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Randomness;
using Stepsize.Training.Tests.Datasets;

namespace Stepsize.Training.Tests.Workloads.Vision;

/// <summary>Pictures of two classes: bright below, or bright in red, both with noise. In CIFAR's binary files, and in memory.</summary>
internal static class SmallPictures
{
    public const int Train = 40;
    public const int Test = 10;

    /// <summary>The six files of CIFAR-10 in its binary version.</summary>
    public static void WriteTen(DataFolder folder)
    {
        for (var file = 0; file < 6; file++)
        {
            var name = file < 5 ? $"data_batch_{file + 1}" : "test_batch";
            folder.Write($"cifar10/{name}.bin", Records(file, file < 5 ? Train / 5 : Test, fine: false));
        }
    }

    /// <summary>The two files of CIFAR-100 in its binary version.</summary>
    public static void WriteHundred(DataFolder folder)
    {
        folder.Write("cifar100/train.bin", Records(0, Train, fine: true));
        folder.Write("cifar100/test.bin", Records(1, Test, fine: true));
    }

    public static ImageExamples InMemory(int count, int side, int seed) => new(
        (3, side, side),
        [.. Enumerable.Range(0, count).SelectMany(i => Pixels(i % 2, side, new RandomStream(seed, RandomPurpose.Data, i)))],
        [.. Enumerable.Range(0, count).Select(i => i % 2)]);

    private static byte[] Records(int seed, int count, bool fine) =>
        [.. Enumerable.Range(0, count).SelectMany(i => (byte[])[.. fine ? [(byte)0] : Array.Empty<byte>(), (byte)(i % 2), .. Pixels(i % 2, CifarFormat.Side, new RandomStream(seed, RandomPurpose.Data, i))])];

    private static byte[] Pixels(int label, int side, RandomStream random)
    {
        var pixels = new byte[3 * side * side];
        for (var i = 0; i < pixels.Length; i++)
        {
            var bright = label == 0 ? i % (side * side) >= side * side / 2 : i < side * side;
            pixels[i] = (byte)((bright ? 150 : 40) + random.NextBelow(60));
        }

        return pixels;
    }
}
