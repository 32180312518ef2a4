using System.Text.Json;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Tests;
using Stepsize.Training.Tests.Networks;
using Xunit;

namespace Stepsize.Torch.Tests.Networks;

public sealed class LayerTranslationTests
{
    private static readonly JsonElement Recorded = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(RepositoryFiles.Root, "tests/Training.Tests/Networks/layers.json"))).RootElement;

    public static TheoryData<string> Names => LayerCases.Names;

    /// <summary>Once over inputs that all runs have in common, once behind a layer that makes each run's its own.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Apply_EveryLayer_LossGradientAndEvaluationAreTheCpuEngines(string name)
    {
        var shape = Shape.Create([.. Recorded.GetProperty(name).GetProperty("shape").EnumerateArray().Select(a => a.GetInt32())]);
        var layers = LayerCases.All[name];
        var alone = new Network(shape, layers, new SquaredLoss());
        if (alone.Parameters.Length > 0)
        {
            Agreement.Check(RandomData.Problem(alone, 12, 5), 4, 1e-10);
        }

        if (layers[0] is not Embedding)
        {
            Agreement.Check(RandomData.Problem(new Network(shape, [new Linear(shape[^1]), .. layers], new SquaredLoss()), 12, 5), 4, 1e-10);
        }
    }

    [Fact]
    public void Apply_Dropout_DropsWhatTheCpuEngineDrops() => Agreement.Check(
        RandomData.Problem(new Network([6], [new Linear(8), new Dropout(0.4), new Relu(), new Dropout(0), new Linear(3)], new SoftmaxCrossEntropy()), 12, 5), 4, 1e-10);

    [Fact]
    public void Apply_LastOfSequence_IsTheLast() => Agreement.Check(
        RandomData.Problem(new Network([4, 3], [new Lstm(5), new LastOfSequence(), new Linear(2)], new SoftmaxCrossEntropy()), 12, 5), 4, 1e-10);
}
