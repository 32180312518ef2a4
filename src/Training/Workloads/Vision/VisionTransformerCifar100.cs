using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Faults;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads.Vision.Pretrained;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>
/// The small vision transformer with patches of 16×16 (Dosovitskiy et al. 2021; Steiner et al. 2021) on CIFAR-100, enlarged to 224×224 pixels in
/// [−1, 1]: twelve blocks of six heads and 384 features, read off at the class token (Wu, Xie, Du and Ward 2022, table 1). The first 45,000 training
/// images are trained on. The paper starts from weights trained on ImageNet; so does this where a person brought them, and else at random.
/// </summary>
public sealed class VisionTransformerCifar100 : CifarWorkload
{
    internal const string WorkloadId = "vit-s16-cifar100-finetune";

    private const string WeightsOption = "weights";

    private readonly VisionTransformerSize _transformer;

    public VisionTransformerCifar100()
        : this(null, VisionTransformerSize.Small16)
    {
    }

    internal VisionTransformerCifar100(CifarSize? size, VisionTransformerSize transformer)
        : base(new Cifar100Dataset(), size)
    {
        _transformer = transformer;
        Target = new VisionTransformerWeights(transformer, Describe(OptionSet.Empty));
    }

    /// <summary>What takes weights that others trained.</summary>
    internal WeightsTarget Target { get; }

    public override string Id => WorkloadId;

    public override string Title => "CIFAR-100, vision transformer ViT-S/16";

    public override string Source => "Wu, Xie, Du and Ward (2022), table 1";

    public override string Summary => "Photographs in a hundred classes by a vision transformer of 22 million parameters, from pretrained weights that you bring or from a random start.";

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
    [
        OptionDefinition.Text(
            WeightsOption, "", "Name of pretrained weights that training starts from, brought in with \"datasets import weights FILE\"; empty for a random start."),
    ];

    public override int DefaultBatchSize => 64;

    public override int DefaultEpochs => 10;

    public override string DataVersion(OptionSet options, DatasetFolders datasets) =>
        base.DataVersion(options, datasets) + (options.Text(WeightsOption) is { Length: > 0 } name ? $" {PretrainedWeights.Describe(datasets, name).Checksum}" : "");

    public override IReadOnlyDictionary<string, string>? CurrentChecksums(OptionSet options, DatasetFolders datasets) =>
        options.Text(WeightsOption) is { Length: > 0 } name ? With(Checksums(datasets), PretrainedWeights.Describe(datasets, name)) : null;

    public override void CheckData(OptionSet options, DatasetFolders datasets, FaultList faults)
    {
        if (options.Text(WeightsOption) is { Length: > 0 } name)
        {
            PretrainedWeights.Check(datasets, name, Target, faults);
        }
    }

    protected override NetworkProblem<T> Build<T>(Network network, OptionSet options, DatasetFolders datasets)
    {
        if (options.Text(WeightsOption) is not { Length: > 0 } name)
        {
            return base.Build<T>(network, options, datasets);
        }

        var (entry, tensors) = PretrainedWeights.Load(datasets, name, Target);
        return Build<T>(network.StartingFrom(tensors.ToDictionary(t => t.Name, t => t.Values, StringComparer.Ordinal)), datasets, checksums => With(checksums, entry));
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> checksums, WeightsEntry weights) =>
        new(checksums, StringComparer.Ordinal) { [PretrainedWeights.FileName(weights.Name)] = weights.Checksum };

    private protected override int TrainingImages(int all) => all / 10 * 9;

    private protected override ChannelScaling Scale(ImageExamples train) => ChannelScaling.Symmetric;

    private protected override SupervisedSet<T> Examples<T>(ImageExamples images, ChannelScaling scaling, ImageVariation? variation) =>
        SupervisedSet<T>.Classification(
            new EnlargedPictures<T>(new MemoryPictures<T>(images, scaling), CifarFormat.Channels, CifarFormat.Side, _transformer.Side), images.Labels);

    protected override Network Describe(OptionSet options)
    {
        var (side, patch, width, blocks, heads) = _transformer;
        var patches = side / patch * (side / patch);
        return new Network(
            input: [CifarFormat.Channels, side, side],
            layers:
            [
                new Convolution(width, patch, stride: patch), new Reshape([width, patches]), new Transposed(),
                new ClassToken(), new PositionEmbedding(),
                .. Enumerable.Range(0, blocks).SelectMany(_ => Block(width, heads)),
                new LayerNorm(1e-6), new FirstOfSequence(),
                new Linear(Classes, initialisation: InitialisationScheme.Keras, weight: Initialisation.Zeros),
            ],
            loss: new SoftmaxCrossEntropy(countsTopFive: true));
    }

    private static Layer[] Block(int width, int heads) =>
    [
        new Residual([new LayerNorm(1e-6), new SelfAttention(heads)]),
        new Residual(
        [
            new LayerNorm(1e-6),
            new Linear(4 * width, initialisation: InitialisationScheme.Keras), new Gelu(),
            new Linear(width, initialisation: InitialisationScheme.Keras),
        ]),
    ];
}

/// <summary>Size of a vision transformer: others than the published are for tests.</summary>
/// <param name="Side">Of a picture, a multiple of <paramref name="Patch"/>.</param>
/// <param name="Width">Features, a multiple of <paramref name="Heads"/>.</param>
internal sealed record VisionTransformerSize(int Side, int Patch, int Width, int Blocks, int Heads)
{
    public static VisionTransformerSize Small16 { get; } = new(224, 16, 384, 12, 6);
}
