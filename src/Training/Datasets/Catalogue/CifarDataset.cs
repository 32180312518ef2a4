using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>What CIFAR-10 and CIFAR-100 share: two layouts, binary and Python, of some files for training and one for the test.</summary>
public abstract class CifarDataset : Dataset
{
    public const int TrainingImages = 50_000;
    public const int TestImages = 10_000;

    public override string Authors => "A. Krizhevsky (2009)";

    public override string Home => "https://www.cs.toronto.edu/~kriz/cifar.html";

    public override string Licence => "none stated by its author; not redistributed with this program";

    internal int Classes => Format.Classes;

    private protected abstract CifarFormat Format { get; }

    /// <summary>Names of the files for training, without an extension.</summary>
    private protected abstract IReadOnlyList<string> TrainNames { get; }

    private protected abstract string TestName { get; }

    public override IReadOnlyList<DatasetLayout> Layouts => [Layout("binary", ".bin"), Layout("python", "")];

    public override void Check(DatasetFolders folders) => Load(folders, TrainingImages, TestImages);

    /// <summary>Training and test images, and the checksum of each file by name.</summary>
    /// <param name="trainingImages">In all files for training together.</param>
    /// <exception cref="InvalidInputException">A file is missing, or is not what it must be.</exception>
    internal (ImageExamples Train, ImageExamples Test, IReadOnlyDictionary<string, string> Checksums) Load(
        DatasetFolders folders, int trainingImages = TrainingImages, int testImages = TestImages)
    {
        var located = Require(folders);
        var checksums = new Dictionary<string, string>(StringComparer.Ordinal);
        var parts = new List<ImageExamples>();
        foreach (var file in located.Layout.Files)
        {
            var images = Path.GetFileNameWithoutExtension(file.Name) == TestName ? testImages : trainingImages / TrainNames.Count;
            var path = located[file.Name];
            var content = BoundedFile.Read(path, file.MaximumBytes);
            parts.Add(located.Layout.Name == "binary"
                ? CifarBinary.Parse(path, content, Format, images)
                : CifarPickle.Parse(path, content, Format, images));
            checksums[file.Name] = BoundedFile.Checksum(content);
        }

        return (ImageExamples.Join(parts[..^1]), parts[^1], checksums);
    }

    /// <summary>The checksums that <see cref="Load"/> gives.</summary>
    /// <exception cref="InvalidInputException">A file is missing.</exception>
    internal IReadOnlyDictionary<string, string> Checksums(DatasetFolders folders)
    {
        var located = Require(folders);
        return located.Layout.Files.ToDictionary(
            f => f.Name, f => BoundedFile.Checksum(BoundedFile.Read(located[f.Name], f.MaximumBytes)), StringComparer.Ordinal);
    }

    private DatasetLayout Layout(string name, string extension) =>
        new(name, [.. TrainNames.Append(TestName).Select(file => new DatasetFile($"{Id}/{file}{extension}", FileBytes(file)))]);

    /// <summary>A little more than the images of a file take, for the names that the Python files also hold.</summary>
    private long FileBytes(string file) =>
        (file == TestName ? TestImages : TrainingImages / TrainNames.Count) * (CifarFormat.Pixels + 128L);
}
