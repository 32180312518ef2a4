using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads.Vision;

/// <summary>
/// The small vision transformer with patches of 16×16 (Dosovitskiy et al. 2021; Steiner et al. 2021) on CIFAR-100, enlarged to 224×224 pixels in
/// [−1, 1]: twelve blocks of six heads and 384 features, read off at the class token (Wu, Xie, Du and Ward 2022, table 1). The first 45,000 training
/// images are trained on. The paper starts from weights trained on ImageNet-21k; these cannot be loaded here, so the start is random.
/// </summary>
public sealed class VisionTransformerCifar100 : CifarWorkload
{
    private readonly VisionTransformerSize _transformer;

    public VisionTransformerCifar100()
        : this(null, VisionTransformerSize.Small16)
    {
    }

    internal VisionTransformerCifar100(CifarSize? size, VisionTransformerSize transformer)
        : base(new Cifar100Dataset(), size)
    {
        _transformer = transformer;
    }

    public override string Id => "vit-s16-cifar100-finetune";

    public override string Title => "CIFAR-100, vision transformer ViT-S/16";

    public override string Source => "Wu, Xie, Du and Ward (2022), table 1";

    public override string Summary => "Photographs in a hundred classes by a vision transformer of 22 million parameters. It starts at random: pretrained weights cannot be loaded yet.";

    public override int DefaultBatchSize => 64;

    public override int DefaultEpochs => 10;

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
