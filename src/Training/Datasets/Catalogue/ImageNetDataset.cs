using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>ImageNet (ILSVRC 2012): folders of JPEG files, one a class, for training and for validation.</summary>
public sealed class ImageNetDataset : Dataset
{
    private const string Train = "train";
    private const string Validation = "val";

    public override string Id => "imagenet";

    public override string Title => "ImageNet (ILSVRC 2012)";

    public override string Authors => "O. Russakovsky, J. Deng and others (2015)";

    public override string Home => "https://image-net.org/download.php";

    public override string Licence => "for research, by agreement with its authors; not redistributed with this program";

    public override string Summary => "1,281,167 training and 50,000 validation photographs in a thousand classes, about 145 GB.";

    public override IReadOnlyList<DatasetLayout> Layouts { get; } =
        [new("folders", [new DatasetFile($"imagenet/{Train}", 0, IsFolder: true), new DatasetFile($"imagenet/{Validation}", 0, IsFolder: true)])];

    public override string HowToGet =>
        $"It needs an account at its source ({Home}): unpack it into the folders {Train} and {Validation}, each with a folder of JPEG files for every class.";

    public override bool IsLinked => true;

    /// <summary>Looks through both folders and decodes one picture: decoding all would take hours.</summary>
    public override void Check(DatasetFolders folders)
    {
        var (train, _) = Index(folders);
        _ = train.Decode(0, side: 224);
    }

    /// <exception cref="InvalidInputException">A folder is missing, or the two do not have the same classes.</exception>
    internal (ImageFolder Train, ImageFolder Validation) Index(DatasetFolders folders)
    {
        var located = Require(folders);
        var (train, validation) = (ImageFolder.Index(located[Train]), ImageFolder.Index(located[Validation]));
        return train.Classes.SequenceEqual(validation.Classes)
            ? (train, validation)
            : throw new InvalidInputException(
                FileFault.Field, $"{located[Train]} has {train.Classes.Count} classes and {located[Validation]} {validation.Classes.Count}, or others: both must have a folder of the same name for each class.");
    }
}
