namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>Fashion-MNIST: articles of clothing in the format of MNIST.</summary>
public sealed class FashionMnistDataset : IdxDataset
{
    private const string Source = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";

    public override string Id => "fashion-mnist";

    public override string Title => "Fashion-MNIST";

    public override string Authors => "H. Xiao, K. Rasul and R. Vollgraf (2017), Zalando";

    public override string Home => "https://github.com/zalandoresearch/fashion-mnist";

    public override string Licence => "MIT";

    public override string Summary => "60,000 training and 10,000 test images of ten kinds of clothing, 28×28 pixels.";

    public override IReadOnlyList<DatasetDownload> Downloads { get; } =
    [
        Of(TrainPixels, 26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
        Of(TrainLabels, 29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
        Of(TestPixels, 4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
        Of(TestLabels, 5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
    ];

    private static DatasetDownload Of(string name, long bytes, string sha256) => DatasetDownload.Of(bytes, sha256, $"{Source}{name}.gz");
}
