namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>MNIST: handwritten digits.</summary>
public sealed class MnistDataset : IdxDataset
{
    private const string Mirror = "https://ossci-datasets.s3.amazonaws.com/mnist/";
    private const string SecondMirror = "https://storage.googleapis.com/cvdf-datasets/mnist/";

    public override string Id => "mnist";

    public override string Title => "MNIST";

    public override string Authors => "Y. LeCun and C. Cortes (1998)";

    public override string Home => "http://yann.lecun.com/exdb/mnist/";

    public override string Licence => "CC BY-SA 3.0";

    public override string Summary => "60,000 training and 10,000 test images of handwritten digits, 28×28 pixels.";

    public override bool Ships => true;

    public override IReadOnlyList<DatasetDownload> Downloads { get; } =
    [
        Of(TrainPixels, 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        Of(TrainLabels, 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        Of(TestPixels, 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        Of(TestLabels, 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
    ];

    private protected override IReadOnlyDictionary<string, string> KnownChecksums { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [TrainPixels] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        [TrainLabels] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        [TestPixels] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        [TestLabels] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    };

    private static DatasetDownload Of(string name, long bytes, string sha256) =>
        DatasetDownload.Of(bytes, sha256, $"{Mirror}{name}.gz", $"{SecondMirror}{name}.gz");
}
