using System.Collections.Concurrent;
using System.Numerics;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets;

/// <summary>
/// MNIST, or Fashion-MNIST, as numbers to train on: pixels are scaled to [0, 1] by dividing by 255. What was loaded is kept for the life
/// of the program.
/// </summary>
public sealed class Mnist
{
    public const int TrainingImages = IdxDataset.TrainingImages;
    public const int TestImages = IdxDataset.TestImages;
    public const int Side = IdxDataset.Side;
    public const int Classes = IdxDataset.Classes;

    private const int Pixels = Side * Side;
    private static readonly ConcurrentDictionary<string, Mnist> Loaded = new(StringComparer.Ordinal);
    private static readonly Lock Loading = new();

    private readonly ImageExamples _train;
    private readonly ImageExamples _test;
    private readonly ConcurrentDictionary<Type, object> _sets = new();

    private Mnist(ImageExamples train, ImageExamples test, IReadOnlyDictionary<string, string> checksums)
    {
        _train = train;
        _test = test;
        Checksums = checksums;
    }

    /// <summary>SHA-256 of each unpacked file, by name.</summary>
    public IReadOnlyDictionary<string, string> Checksums { get; }

    /// <summary>The original MNIST.</summary>
    /// <exception cref="InvalidInputException">A file is missing, cannot be read, or is not the original.</exception>
    public static Mnist Load(DatasetFolders folders) => Load(folders, new MnistDataset());

    /// <exception cref="InvalidInputException">A file is missing, cannot be read, or is not what it must be.</exception>
    public static Mnist Load(DatasetFolders folders, IdxDataset dataset)
    {
        var key = $"{dataset.Id} {dataset.Require(folders).Root}";
        lock (Loading)
        {
            if (!Loaded.TryGetValue(key, out var mnist))
            {
                var (train, test, checksums) = dataset.Load(folders);
                Loaded[key] = mnist = new Mnist(train, test, checksums);
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

    private (T[] Train, T[] Test) Numbers<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        lock (Loading)
        {
            return ((T[], T[]))_sets.GetOrAdd(typeof(T), _ => (_train.Scaled<T>(), _test.Scaled<T>()));
        }
    }
}
