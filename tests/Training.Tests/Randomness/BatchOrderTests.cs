using Stepsize.Training.Randomness;
using Stepsize.Training.Sweeps;
using Xunit;

namespace Stepsize.Training.Tests.Randomness;

public sealed class BatchOrderTests
{
    /// <summary>What the papers and Keras count: MNIST by 256 and 128, CIFAR-10 by 256, full batches, single examples.</summary>
    [Theory]
    [InlineData(60_000, 256, false, 234)]
    [InlineData(60_000, 128, true, 469)]
    [InlineData(60_000, 128, false, 468)]
    [InlineData(50_000, 256, true, 196)]
    [InlineData(50_000, 250, true, 200)]
    [InlineData(1000, 1000, true, 1)]
    [InlineData(7, 1, true, 7)]
    public void IterationsPerEpoch_LastBatchUsedOrNot_IsThePapersNumber(int examples, int batchSize, bool usesLast, int iterations) =>
        Assert.Equal(iterations, new BatchOrder(examples, batchSize, 0, usesLast).IterationsPerEpoch);

    [Theory]
    [InlineData(10, 4)]
    [InlineData(9, 4)]
    [InlineData(8, 4)]
    [InlineData(3, 2)]
    public void Examples_LastBatchUsed_EveryEpochHasEachExampleOnce(int examples, int batchSize)
    {
        var order = new BatchOrder(examples, batchSize, seed: 5, usesLast: true);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var seen = new List<int>();
            for (var i = 1; i <= order.IterationsPerEpoch; i++)
            {
                var iteration = (epoch * order.IterationsPerEpoch) + i;
                var batch = order.Examples(iteration).ToArray();
                Assert.Equal(batch.Length, order.SizeOf(iteration));
                Assert.InRange(batch.Length, i == order.IterationsPerEpoch ? 1 : batchSize, batchSize);
                seen.AddRange(batch);
            }

            Assert.Equal(Enumerable.Range(0, examples), seen.Order());
        }
    }

    /// <summary>Common random numbers: the full batches of an epoch are the same whether the rest is used or not.</summary>
    [Fact]
    public void Examples_LastBatchUsedOrNot_FullBatchesOfTheFirstEpochAreTheSame()
    {
        var (dropping, keeping) = (new BatchOrder(103, 10, 4), new BatchOrder(103, 10, 4, usesLast: true));
        for (var i = 1; i <= 10; i++)
        {
            Assert.Equal(dropping.Examples(i).ToArray(), keeping.Examples(i).ToArray());
            Assert.Equal(10, dropping.SizeOf(i));
        }

        Assert.Equal(3, keeping.Examples(11).Length);
        Assert.Equal(10, dropping.Examples(11).Length);
    }

    [Theory]
    [InlineData("dropped", 234, 468)]
    [InlineData("used", 235, 470)]
    public void IterationsPerRun_OfASpecification_FollowsTheOption(string lastBatch, int perEpoch, int perRun)
    {
        var sweep = SpecificationReader.Parse(
            $$"""{ "name": "a", "workload": "mnist-logreg", "workloadOptions": { "lastBatch": "{{lastBatch}}" }, "epochs": 2, "evaluateAtEpochs": [1, 2], "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }""");
        var size = sweep.Workload.Measure(sweep.WorkloadOptions);
        Assert.Equal((perEpoch, perRun), (sweep.IterationsPerEpoch(size), sweep.IterationsPerRun(size)));
    }
}
