using Stepsize.Training.Datasets.Images;

namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>CIFAR-100: small photographs of a hundred kinds of things. The fine labels are the classes.</summary>
public sealed class Cifar100Dataset : CifarDataset
{
    public override string Id => "cifar100";

    public override string Title => "CIFAR-100";

    public override string Summary => "50,000 training and 10,000 test photographs of 32×32 pixels in a hundred classes.";

    public override IReadOnlyList<DatasetDownload> Downloads { get; } =
    [
        DatasetDownload.Of(
            168_513_733,
            "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
            "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"),
    ];

    private protected override CifarFormat Format => CifarFormat.Hundred;

    private protected override IReadOnlyList<string> TrainNames { get; } = ["train"];

    private protected override string TestName => "test";
}
