using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Networks;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>What the workloads on CIFAR-10 and CIFAR-100 share. Images stay bytes, and become numbers batch by batch.</summary>
public abstract class CifarWorkload : NetworkWorkload
{
    private readonly CifarDataset _dataset;
    private readonly CifarSize _size;

    private protected CifarWorkload(CifarDataset dataset, CifarSize? size)
    {
        _dataset = dataset;
        _size = size ?? CifarSize.Published;
    }

    public override bool NeedsGpu => true;

    public override int DefaultBatchSize => 128;

    protected int Classes => _dataset.Classes;

    /// <summary>Random changes of the training images; null for none.</summary>
    private protected virtual ImageVariation? Variation => null;

    /// <summary>How bytes become numbers.</summary>
    private protected virtual ChannelScaling Scale(ImageExamples train) => ChannelScaling.UnitRange;

    /// <summary>What is trained on; a subclass may take a part, or other pictures made of these.</summary>
    private protected virtual SupervisedSet<T> Examples<T>(ImageExamples images, ChannelScaling scaling, ImageVariation? variation)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        SupervisedSet<T>.Classification(new MemoryPictures<T>(images, scaling, variation), images.Labels);

    /// <summary>How many of the training images are trained on: all of them, if no subclass says otherwise.</summary>
    private protected virtual int TrainingImages(int all) => all;

    protected override (int Train, int Test) CountExamples(OptionSet options) => (TrainingImages(_size.Train), _size.Test);

    public override string DataVersion(OptionSet options, DatasetFolders datasets) => _dataset.Stamp(datasets);

    protected override NetworkProblem<T> Build<T>(Network network, OptionSet options, DatasetFolders datasets) => Build<T>(network, datasets, checksums => checksums);

    /// <summary>SHA-256 of the pictures' files by name.</summary>
    /// <exception cref="Faults.InvalidInputException">A file is missing.</exception>
    private protected IReadOnlyDictionary<string, string> Checksums(DatasetFolders datasets) => _dataset.Checksums(datasets);

    /// <param name="complete">Adds to the checksums of the pictures those of what else the problem is made of.</param>
    private protected NetworkProblem<T> Build<T>(
        Network network, DatasetFolders datasets, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> complete)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var (train, test, checksums) = _dataset.Load(datasets, _size.Train, _size.Test);
        var count = TrainingImages(train.Labels.Length);
        var trained = train with { Pixels = train.Pixels[..(count * train.PixelsOfImage)], Labels = train.Labels[..count] };
        var scaling = Scale(trained);
        return new NetworkProblem<T>(network, Examples<T>(trained, scaling, Variation), Examples<T>(test, scaling, null), complete(checksums));
    }
}

/// <summary>Images that the files of CIFAR hold: others than the published numbers are for tests.</summary>
internal sealed record CifarSize(int Train, int Test)
{
    public static CifarSize Published { get; } = new(CifarDataset.TrainingImages, CifarDataset.TestImages);
}
