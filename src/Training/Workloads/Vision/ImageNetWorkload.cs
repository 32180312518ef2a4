using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Faults;
using Stepsize.Training.Networks;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>
/// What the workloads on ImageNet share. Pictures are decoded each time they are needed: their middle, 224×224 pixels, mirrored at random in training.
/// The papers also crop at random places and sizes.
/// </summary>
public abstract class ImageNetWorkload : NetworkWorkload
{
    private readonly ImageNetSize _size;

    private protected ImageNetWorkload(ImageNetSize? size)
    {
        _size = size ?? ImageNetSize.Published;
    }

    public override bool NeedsGpu => true;

    protected int Classes => _size.Classes;

    protected int Side => _size.Side;

    protected override (int Train, int Test) CountExamples(OptionSet options) => (_size.Train, _size.Validation);

    protected override NetworkProblem<T> Build<T>(Network network, OptionSet options, DatasetFolders datasets)
    {
        var (train, validation) = new ImageNetDataset().Index(datasets);
        var found = new ImageNetSize(train.Classes.Count, train.Count, validation.Count, Side);
        return found == _size
            ? new NetworkProblem<T>(network, Set<T>(train, new CropAndFlip(0)), Set<T>(validation, null), new Dictionary<string, string>(StringComparer.Ordinal))
            : throw new InvalidInputException("datasets", $"ImageNet's folders have {found} where the original has {_size}; unpack all of it.");
    }

    private SupervisedSet<T> Set<T>(ImageFolder folder, ImageVariation? variation)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        SupervisedSet<T>.Classification(
            new FolderPictures<T>(folder, Side, ChannelScaling.ImageNet, variation), Enumerable.Range(0, folder.Count).Select(folder.Label).ToArray());
}

/// <summary>What the folders of ImageNet hold, and the side of what is cut out of each picture: others than the published are for tests.</summary>
internal sealed record ImageNetSize(int Classes, int Train, int Validation, int Side)
{
    public static ImageNetSize Published { get; } = new(1000, 1_281_167, 50_000, 224);

    public override string ToString() => $"{Classes} classes, {Train} training and {Validation} validation pictures";
}
