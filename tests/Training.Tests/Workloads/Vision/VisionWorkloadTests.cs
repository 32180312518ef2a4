using System.Text.Json.Nodes;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Training.Tests.Datasets;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Workloads.Vision;

/// <summary>The published networks at their full size, without data.</summary>
public sealed class VisionWorkloadTests
{
    /// <summary>Parameters of the published implementations, those of AdaLip and multiply-adds (in millions, of a forward pass) counted by hand.</summary>
    [Theory]
    [InlineData("cifar10-resnet18", "{}", 11_173_962, 555.4)]
    [InlineData("cifar10-resnet18", """{"affine": false}""", 11_164_362, 555.4)]
    [InlineData("cifar10-resnet", """{"depth": 20}""", 269_722, 40.55)]
    [InlineData("cifar10-resnet", """{"depth": 32}""", 464_154, 68.86)]
    [InlineData("cifar10-resnet", """{"depth": 44}""", 658_586, 97.17)]
    [InlineData("cifar10-resnet", """{"depth": 56}""", 853_018, 125.5)]
    [InlineData("cifar10-resnet", """{"depth": 110}""", 1_727_962, 252.9)]
    [InlineData("cifar100-resnet", """{"depth": 20}""", 275_572, 40.56)]
    [InlineData("imagenet-resnet50", "{}", 25_557_032, 4089)]
    [InlineData("imagenet-resnet34", "{}", 21_795_880, 3664)]
    [InlineData("vit-s16-cifar100-finetune", "{}", 21_704_164, 4607)]
    [InlineData("adalip-cifar10", "{}", 390_970, 19.98)]
    [InlineData("adalip-cifar100", """{"biases": false}""", 9_537_700, 153.1)]
    [InlineData("adalip-cifar100", "{}", 9_537_700 + 64 + 128 + 256 + 256 + (5 * 512), 153.1)]
    public void Measure_PublishedNetwork_HasItsParametersAndCost(string id, string options, long parameters, double millions)
    {
        var (workload, set) = Find(id, options);
        var size = workload.Measure(set);
        Assert.Equal(parameters, size.Parameters);
        Assert.InRange(size.MultiplyAddsPerExample / 1e6, 0.99 * millions, 1.01 * millions);
        Assert.True(workload.NeedsGpu);
    }

    [Theory]
    [InlineData("cifar10-resnet18", 50_000, 10_000)]
    [InlineData("cifar100-resnet", 50_000, 10_000)]
    [InlineData("vit-s16-cifar100-finetune", 45_000, 10_000)]
    [InlineData("imagenet-resnet50", 1_281_167, 50_000)]
    public void Measure_WithoutData_KnowsTheExamples(string id, int train, int test)
    {
        var (workload, options) = Find(id, "{}");
        var size = workload.Measure(options);
        Assert.Equal((train, train + test), (size.TrainingExamples, size.EvaluationExamples));
    }

    [Theory]
    [InlineData("cifar10-resnet18", "datasets get cifar10")]
    [InlineData("cifar10-resnet", "datasets get cifar10")]
    [InlineData("cifar100-resnet", "datasets get cifar100")]
    [InlineData("adalip-cifar10", "datasets get cifar10")]
    [InlineData("adalip-cifar100", "datasets get cifar100")]
    [InlineData("vit-s16-cifar100-finetune", "datasets get cifar100")]
    [InlineData("imagenet-resnet50", "datasets import imagenet")]
    [InlineData("imagenet-resnet34", "datasets import imagenet")]
    public void Prepare_NoData_SaysWhatGetsIt(string id, string expected)
    {
        using var folder = new DataFolder();
        var (workload, options) = Find(id, "{}");
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => workload.Prepare(options, folder.Folders)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_PartOfImageNet_IsRefusedWithWhatIsThere()
    {
        using var folder = new DataFolder();
        foreach (var name in new[] { "train/a/1.jpg", "train/b/1.jpg", "val/a/1.jpg", "val/b/1.jpg" })
        {
            folder.Write($"imagenet/{name}", "none is decoded");
        }

        var (workload, options) = Find("imagenet-resnet34", "{}");
        Assert.Contains(
            "2 classes, 2 training and 2 validation pictures where the original has 1000 classes, 1281167",
            Assert.Throws<InvalidInputException>(() => workload.Prepare(options, folder.Folders)).Message,
            StringComparison.Ordinal);
    }

    private static (Workload Workload, OptionSet Options) Find(string id, string options)
    {
        var workload = WorkloadRegistry.Find(id)!;
        var faults = new FaultList();
        var set = OptionSet.Resolve(workload.Options, JsonNode.Parse(options)!.AsObject(), "", faults);
        Assert.Equal(0, faults.Count);
        return (workload, set);
    }
}
