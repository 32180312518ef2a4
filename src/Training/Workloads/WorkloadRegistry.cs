using Stepsize.Training.Workloads.Vision;

namespace Stepsize.Training.Workloads;

/// <summary>Every workload there is. A new one is its file and a line here.</summary>
public static class WorkloadRegistry
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new Quadratic2D(),
        new LinearRegressionStochastic(),
        new LinearRegressionBatch(),
        new AirfoilLinear(),
        new TwoLayerRelu(),
        new MnistLogisticRegression(),
        new MnistFullyConnected(),
        new MnistConvolutional(),
        new MnistPerceptron(),
        new AdaLipMnist(),
        new RottenTomatoesCnn(),
        new PennTreebankLstm(),
        new FakeNewsLstm(),
        new Cifar10ResNet18(),
        CifarResNet.Ten(),
        CifarResNet.Hundred(),
        new ImageNetResNet50(),
        new ImageNetResNet34(),
        new VisionTransformerCifar100(),
        new AdaLipCifar10(),
        new AdaLipCifar100(),
        new CsvLinear(),
        new CsvLogisticRegression(),
    ];

    /// <summary>The workload of this id, or null.</summary>
    public static Workload? Find(string? id) => All.FirstOrDefault(w => w.Id == id);
}
