using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Images;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;
using Stepsize.Training.Tests.Datasets;
using Stepsize.Training.Workloads;
using Stepsize.Training.Workloads.Vision;
using Xunit;

namespace Stepsize.Training.Tests.Workloads.Vision;

/// <summary>The same networks, narrow and short, train on a few pictures in the published file formats.</summary>
public sealed class VisionTrainingTests
{
    private static readonly CifarSize Few = new(SmallPictures.Train, SmallPictures.Test);

    public static TheoryData<string> Ids =>
        ["cifar10-resnet18", "cifar10-resnet", "cifar100-resnet", "adalip-cifar10", "adalip-cifar100", "vit-s16-cifar100-finetune"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Run_SmallCifar_LossFallsAndRepeatsToTheBit(string id)
    {
        using var folder = new DataFolder();
        SmallPictures.WriteTen(folder);
        SmallPictures.WriteHundred(folder);
        Workload workload = id switch
        {
            "cifar10-resnet18" => new Cifar10ResNet18(Few, 4),
            "cifar10-resnet" => CifarResNet.Small(new Cifar10Dataset(), Few, 1),
            "cifar100-resnet" => CifarResNet.Small(new Cifar100Dataset(), Few, 1),
            "adalip-cifar10" => new AdaLipCifar10(Few, 8),
            "adalip-cifar100" => new AdaLipCifar100(Few, 4),
            _ => new VisionTransformerCifar100(Few, new VisionTransformerSize(64, 16, 24, 2, 3)),
        };
        Assert.Equal(id, workload.Id);
        var problem = Assert.IsAssignableFrom<Problem<float>>(workload.Prepare(Defaults(workload), folder.Folders));
        Assert.Equal(workload.Measure(Defaults(workload)).TrainingExamples, problem.TrainingExamples);
        Assert.NotEmpty(problem.DataChecksums);
        // Without normalisation, from a Glorot start, larger steps are needed.
        var stepsize = id == "adalip-cifar10" ? 0.15f : 0.02f;
        var losses = Train(problem, stepsize, out var last);
        AssertFell(losses);
        Assert.True(double.IsFinite(last.TestLoss));
        Assert.Equal(losses, Train(problem, stepsize, out var again));
        Assert.Equal(last, again);
    }

    [Fact]
    public void Run_SmallImageNetNetworks_LossFalls()
    {
        var size = new ImageNetSize(2, SmallPictures.Train, SmallPictures.Test, 32);
        foreach (var workload in new ImageNetWorkload[] { new ImageNetResNet50(size, 4, [1, 1, 1, 1]), new ImageNetResNet34(size, 4, [1, 1, 1, 1]) })
        {
            // The pictures come from memory: decoding needs a library that not every machine has.
            var problem = new NetworkProblem<float>(
                workload.Network(Defaults(workload)), Pictures(SmallPictures.Train, 1, new CropAndFlip(0)), Pictures(SmallPictures.Test, 2, null), new Dictionary<string, string>());
            AssertFell(Train(problem, 0.02f, out var last));
            Assert.True(double.IsFinite(last.TestLoss));
        }

        static SupervisedSet<float> Pictures(int count, int seed, ImageVariation? variation)
        {
            var images = SmallPictures.InMemory(count, 32, seed);
            return SupervisedSet<float>.Classification(new MemoryPictures<float>(images, ChannelScaling.ImageNet, variation), images.Labels);
        }
    }

    [Fact]
    public void Measure_CifarResNetOfOtherDepths_IsRoundedDown()
    {
        var workload = CifarResNet.Ten();
        long Parameters(int depth) =>
            workload.Measure(OptionSet.Resolve(workload.Options, new() { ["depth"] = depth }, "", new FaultList())).Parameters;
        Assert.Equal(Parameters(20), Parameters(25));
        Assert.True(Parameters(26) > Parameters(25));
    }

    private static void AssertFell(List<double> losses)
    {
        var (first, last) = (losses[..4].Average(), losses[^4..].Average());
        Assert.True(last < 0.7 * first, $"from {first} to {last}");
    }

    private static OptionSet Defaults(Workload workload) => OptionSet.Resolve(workload.Options, null, "", new FaultList());

    private static List<double> Train(Problem<float> problem, float stepsize, out Evaluation last)
    {
        const int BatchSize = 8;
        var step = problem.Compile(BatchSize);
        var (x, g) = (new float[problem.Parameters.Length], new float[problem.Parameters.Length]);
        step.Initialise(3, x);
        var order = new BatchOrder(problem.TrainingExamples, BatchSize, 3);
        var losses = new List<double>();
        for (var t = 1; t <= 40; t++)
        {
            losses.Add(step.Run(order.Examples(t), x, g, t).Loss);
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(g, -stepsize, x, x);
        }

        last = step.Evaluate(x, CancellationToken.None);
        return losses;
    }
}
