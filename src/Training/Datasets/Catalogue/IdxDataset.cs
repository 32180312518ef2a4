using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>What MNIST and Fashion-MNIST share: four IDX files, of 60,000 training and 10,000 test images of 28×28 pixels in ten classes.</summary>
public abstract class IdxDataset : Dataset
{
    public const int TrainingImages = 60_000;
    public const int TestImages = 10_000;
    public const int Side = 28;
    public const int Classes = 10;

    private protected const string TrainPixels = "train-images-idx3-ubyte";
    private protected const string TrainLabels = "train-labels-idx1-ubyte";
    private protected const string TestPixels = "t10k-images-idx3-ubyte";
    private protected const string TestLabels = "t10k-labels-idx1-ubyte";

    /// <summary>Folder below a data folder.</summary>
    public override IReadOnlyList<DatasetLayout> Layouts =>
        [new("idx", [File(TrainPixels, TrainingImages), File(TrainLabels, TrainingImages), File(TestPixels, TestImages), File(TestLabels, TestImages)])];

    /// <summary>SHA-256 of the unpacked files by name, where they are known.</summary>
    private protected virtual IReadOnlyDictionary<string, string> KnownChecksums => new Dictionary<string, string>(StringComparer.Ordinal);

    public override void Check(DatasetFolders folders) => Load(folders);

    /// <summary>Training and test images, and the SHA-256 of each unpacked file by name.</summary>
    /// <exception cref="InvalidInputException">A file is missing, or is not what it must be.</exception>
    internal (ImageExamples Train, ImageExamples Test, IReadOnlyDictionary<string, string> Checksums) Load(
        DatasetFolders folders, int trainingImages = TrainingImages, int testImages = TestImages)
    {
        var located = Require(folders);
        var checksums = new Dictionary<string, string>(StringComparer.Ordinal);
        var train = LoadPart(located, TrainPixels, TrainLabels, trainingImages, checksums);
        return (train, LoadPart(located, TestPixels, TestLabels, testImages, checksums), checksums);
    }

    private ImageExamples LoadPart(LocatedDataset located, string pixels, string labels, int count, Dictionary<string, string> checksums)
    {
        var images = IdxFile.Parse(located[pixels], Content(located[pixels], pixels, count, checksums), count, Side, Side);
        var classes = IdxFile.Parse(located[labels], Content(located[labels], labels, count, checksums), count).Values.ToArray();
        if (classes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(Classes - 1)) is >= 0 and var bad)
        {
            throw FileFault.At(located[labels], IdxFile.HeaderLength(1) + bad, $"the class is {classes[bad]}, but there are {Classes}, counted from 0");
        }

        return new ImageExamples((1, Side, Side), images.Values.ToArray(), Array.ConvertAll(classes, c => (int)c));
    }

    private byte[] Content(string path, string name, int count, Dictionary<string, string> checksums)
    {
        var content = BoundedFile.ReadExactly(path, Bytes(name, count));
        var actual = checksums[name] = BoundedFile.Checksum(content);
        return !KnownChecksums.TryGetValue(name, out var known) || known == actual
            ? content
            : throw FileFault.At(path, 0, $"the SHA-256 of its unpacked content is {actual}, that of the original {known}");
    }

    private DatasetFile File(string name, int count) => new($"{Id}/{name}", Bytes(name, count), KnownChecksums.GetValueOrDefault(name));

    private static long Bytes(string name, int count) => name is TrainPixels or TestPixels
        ? IdxFile.HeaderLength(3) + ((long)count * Side * Side)
        : IdxFile.HeaderLength(1) + count;
}
