using Stepsize.Training.Datasets.Images;

namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>CIFAR-10: small photographs of ten kinds of things.</summary>
public sealed class Cifar10Dataset : CifarDataset
{
    public override string Id => "cifar10";

    public override string Title => "CIFAR-10";

    public override string Summary => "50,000 training and 10,000 test photographs of 32×32 pixels in ten classes.";

    public override IReadOnlyList<DatasetDownload> Downloads { get; } =
    [
        DatasetDownload.Of(
            170_052_171,
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
    ];

    private protected override CifarFormat Format => CifarFormat.Ten;

    private protected override IReadOnlyList<string> TrainNames { get; } = [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}")];

    private protected override string TestName => "test_batch";
}
