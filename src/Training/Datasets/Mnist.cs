using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets;

/// <summary>
/// MNIST (LeCun and Cortes): 60,000 training and 10,000 test images of 28×28 pixels in ten classes, scaled to [0, 1] by dividing by 255. The four
/// original files, gzipped, are checked by the SHA-256 of their content. What was loaded is kept for the life of the program.
/// </summary>
public sealed class Mnist
{
    public const int TrainingImages = 60_000;
    public const int TestImages = 10_000;
    public const int Side = 28;
    public const int Classes = 10;

    private const int Pixels = Side * Side;
    private static readonly ConcurrentDictionary<string, Mnist> Loaded = new(StringComparer.Ordinal);
    private static readonly Lock Loading = new();

    private readonly Part _train;
    private readonly Part _test;
    private readonly ConcurrentDictionary<Type, object> _sets = new();

    private Mnist(Part train, Part test)
    {
        _train = train;
        _test = test;
    }

    /// <summary>SHA-256 of each unpacked file, by name.</summary>
    public static IReadOnlyDictionary<string, string> Checksums { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["train-images-idx3-ubyte"] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        ["train-labels-idx1-ubyte"] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        ["t10k-images-idx3-ubyte"] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        ["t10k-labels-idx1-ubyte"] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    };

    /// <exception cref="InvalidInputException">A file is missing, cannot be read, or is not the original.</exception>
    public static Mnist Load(DatasetFolders folders)
    {
        var paths = Checksums.Keys.ToDictionary(name => name, name => Find(folders, name), StringComparer.Ordinal);
        var key = string.Join('\n', paths.Values);
        lock (Loading)
        {
            if (!Loaded.TryGetValue(key, out var mnist))
            {
                mnist = new Mnist(
                    Part.Read(paths, "train-images-idx3-ubyte", "train-labels-idx1-ubyte", TrainingImages),
                    Part.Read(paths, "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", TestImages));
                Loaded[key] = mnist;
            }

            return mnist;
        }
    }

    /// <summary>The first training images as numbers.</summary>
    /// <param name="limit">How many, in 1 … <see cref="TrainingImages"/>.</param>
    public SupervisedSet<T> Train<T>(int limit = TrainingImages)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (pixels, _) = Numbers<T>();
        return SupervisedSet<T>.Classification(limit, pixels.AsMemory(0, limit * Pixels), _train.Labels.AsMemory(0, limit));
    }

    public SupervisedSet<T> Test<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (_, pixels) = Numbers<T>();
        return SupervisedSet<T>.Classification(TestImages, pixels, _test.Labels);
    }

    private static string Find(DatasetFolders folders, string name)
    {
        var relative = $"mnist/{name}.gz";
        return folders.Find(relative) ?? throw new InvalidInputException(
            "datasets", $"{relative} is in none of the data folders ({string.Join(", ", folders.Roots)}); put the original file there, gzipped.");
    }

    private (T[] Train, T[] Test) Numbers<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        lock (Loading)
        {
            return ((T[], T[]))_sets.GetOrAdd(typeof(T), _ => (Scale<T>(_train.Images.Span), Scale<T>(_test.Images.Span)));
        }
    }

    private static T[] Scale<T>(ReadOnlySpan<byte> images)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var scaled = Enumerable.Range(0, 256).Select(i => T.CreateChecked(i) / T.CreateChecked(255)).ToArray();
        var numbers = GC.AllocateUninitializedArray<T>(images.Length, pinned: true);
        for (var i = 0; i < images.Length; i++)
        {
            numbers[i] = scaled[images[i]];
        }

        return numbers;
    }

    private sealed record Part(ReadOnlyMemory<byte> Images, int[] Labels)
    {
        public static Part Read(Dictionary<string, string> paths, string images, string labels, int count)
        {
            var pixels = Original(paths[images], Checksums[images], 16 + (count * Pixels));
            var classes = Original(paths[labels], Checksums[labels], 8 + count);
            return new Part(pixels.Values, [.. classes.Values.ToArray().Select(label => (int)label)]);
        }

        private static IdxFile Original(string path, string checksum, int bytes)
        {
            var content = IdxFile.Unpack(path, bytes);
            var actual = Convert.ToHexStringLower(SHA256.HashData(content));
            return actual == checksum
                ? IdxFile.Parse(path, content)
                : throw IdxFile.Refuse(path, $"the SHA-256 of its content is {actual}, that of the original {checksum}");
        }
    }
}
