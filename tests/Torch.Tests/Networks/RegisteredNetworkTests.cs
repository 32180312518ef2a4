using Stepsize.Torch.Networks;
using Stepsize.Torch.Parameters;
using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;
using TorchSharp;
using Xunit;

namespace Stepsize.Torch.Tests.Networks;

public sealed class RegisteredNetworkTests
{
    public static TheoryData<string> Ids => [.. RegisteredNetworks.All.Keys];

    [Fact]
    public void All_Registry_HasEachWorkload() => Assert.Equal(
        WorkloadRegistry.All.Select(w => w.Id).Order(), RegisteredNetworks.All.Keys.Concat(RegisteredNetworks.WithoutNetwork).Order());

    /// <summary>Initial weights to the bit; loss, gradient and evaluation of runs with different parameters, after batches that leave statistics and states behind.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Run_EveryNetwork_LossAndGradientAreTheCpuEngines(string id)
    {
        var network = RegisteredNetworks.All[id]();
        Agreement.Check(RandomData.Problem(network, 14, 5, readsInOrder: id == "ptb-lstm"), 4, 1e-10, iterations: 2);
    }

    [Fact]
    public void ForTraining_ExamplesOfABatch_AreTheCpuEnginesToTheBit()
    {
        TorchHere.Load();
        var problem = RandomData.Problem(RegisteredNetworks.All["mnist-logreg"](), 24, 10);
        int[] examples = [3, 17, 3, 0];
        var expected = new double[examples.Length * 784];
        problem.Train.GatherForTraining(examples, 1, 2, expected);
        foreach (var most in new[] { long.MaxValue, 0 })
        {
            using var scope = torch.NewDisposeScope();
            using var data = new ProblemData<double>(problem, torch.CPU, most);
            var (inputs, targets) = data.Train.ForTraining(examples, 1, 2);
            Assert.Equal(expected, Numbers.Download<double>(inputs));
            Assert.Equal(examples.Select(e => (long)problem.Train.Labels[e]), Numbers.Download<long>(targets));
        }
    }

    /// <summary>Photographs are made batch by batch, and varied by what seed, iteration and example draw.</summary>
    [Fact]
    public void ForTraining_ExamplesFromASource_AreVariedAsForTheCpuEngine()
    {
        TorchHere.Load();
        var network = new Network([4], [new Linear(2)], new SoftmaxCrossEntropy());
        var set = SupervisedSet<double>.Classification(new VariedSource(), new[] { 0, 1, 1, 0, 1 });
        var problem = new NetworkProblem<double>(network, set, set, new Dictionary<string, string>());
        using var data = new ProblemData<double>(problem, torch.CPU, long.MaxValue);
        using var scope = torch.NewDisposeScope();
        int[] examples = [4, 0, 2];
        var (varied, plain) = (new double[12], new double[12]);
        set.GatherForTraining(examples, 3, 9, varied);
        set.Gather(examples, plain);
        Assert.NotEqual(plain, varied);
        Assert.Equal(varied, Numbers.Download<double>(data.Train.ForTraining(examples, 3, 9).Inputs));
        Assert.Equal(plain, Numbers.Download<double>(data.Train.ForEvaluation(examples).Inputs));
    }

    private sealed class VariedSource : ExampleSource<double>
    {
        public override int InputLength => 4;

        public override void Read(int example, Span<double> destination) => destination.Fill(example);

        public override void ReadForTraining(int example, RandomStream random, Span<double> destination) => destination.Fill(example + random.NextUniform());
    }
}
