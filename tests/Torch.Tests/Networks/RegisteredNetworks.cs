using System.Text.Json.Nodes;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Faults;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;
using Stepsize.Training.Workloads;
using Stepsize.Training.Workloads.Vision;

namespace Stepsize.Torch.Tests.Networks;

/// <summary>The network of every registered workload that has one, smaller where the published one would take minutes: fewer channels, blocks or words, all of its layers.</summary>
internal static class RegisteredNetworks
{
    private static readonly CifarSize Few = new(40, 10);
    private static readonly ImageNetSize FewLarge = new(7, 40, 10, 32);

    public static IReadOnlyDictionary<string, Func<Network>> All { get; } = new Dictionary<string, Func<Network>>(StringComparer.Ordinal)
    {
        ["mnist-logreg"] = () => Of(new MnistLogisticRegression()),
        ["mnist-fulconn2"] = () => Of(new MnistFullyConnected()),
        ["mnist-cnn"] = () => Of(new MnistConvolutional()),
        ["mnist-mlp"] = () => Of(new MnistPerceptron()),
        ["adalip-mnist"] = () => Of(new AdaLipMnist()),
        ["rotten-tomatoes-cnn"] = () => RottenTomatoesCnn.Network(30, 9, 8, 6),
        ["ptb-lstm"] = () => PennTreebankLstm.Network(20, 6, 8),
        ["fake-news-lstm"] = () => Of(new FakeNewsLstm(), """{ "vocabulary": 20, "length": 8, "embedding": 6, "hidden": 8 }"""),
        ["cifar10-resnet18"] = () => Of(new Cifar10ResNet18(Few, 4)),
        ["cifar10-resnet"] = () => Of(CifarResNet.Small(new Cifar10Dataset(), Few, 1)),
        ["cifar100-resnet"] = () => Of(CifarResNet.Small(new Cifar100Dataset(), Few, 1)),
        ["imagenet-resnet50"] = () => Of(new ImageNetResNet50(FewLarge, 4, [1, 1, 1, 1])),
        ["imagenet-resnet34"] = () => Of(new ImageNetResNet34(FewLarge, 4, [1, 1, 1, 1])),
        ["vit-s16-cifar100-finetune"] = () => Of(new VisionTransformerCifar100(Few, new VisionTransformerSize(64, 16, 24, 2, 3))),
        ["adalip-cifar10"] = () => Of(new AdaLipCifar10(Few, 4)),
        ["adalip-cifar100"] = () => Of(new AdaLipCifar100(Few, 4)),
        ["csv-logreg"] = () => new Network([5], [new Linear(3)], new SoftmaxCrossEntropy()),
    };

    /// <summary>Workloads whose problems are no networks, which the CPU engine trains.</summary>
    public static IReadOnlyList<string> WithoutNetwork { get; } =
        ["quadratic-2d", "linreg-stochastic", "linreg-batch", "airfoil-linear", "two-layer-relu", "csv-linear"];

    private static Network Of(NetworkWorkload workload, string options = "{}")
    {
        var faults = new FaultList();
        var set = OptionSet.Resolve(workload.Options, JsonNode.Parse(options)!.AsObject(), "", faults);
        faults.ThrowIfAny();
        return workload.Network(set);
    }
}
