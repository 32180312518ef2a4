using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Workloads;

public sealed class SplitNetworkStepTests
{
    private const int Batch = 70;
    private static readonly Network Wide = new([10, 300], [new Linear(20000), new Relu(), new Flatten(), new Linear(5)], new SoftmaxCrossEntropy());

    [Fact]
    public void PartsOf_SmallNetwork_LeavesTheBatchWhole() =>
        Assert.Equal(1, SplitNetworkStep<float>.PartsOf(new Network([10], [new Linear(5)], new SoftmaxCrossEntropy()), 256));

    [Fact]
    public void PartsOf_LayerThatCouplesExamples_LeavesTheBatchWhole()
    {
        var network = new Network([10, 150], [new Linear(20000), new Dropout(0.5), new Flatten(), new Linear(5)], new SoftmaxCrossEntropy());
        Assert.Equal(1, SplitNetworkStep<float>.PartsOf(network, Batch));
    }

    [Fact]
    public void Run_InParts_AgreesWithTheWholeBatch()
    {
        Assert.Equal(4, SplitNetworkStep<double>.PartsOf(Wide, Batch));
        var (set, examples) = Data<double>();
        var whole = Step(new NetworkStep<double>(Wide, set, set, Batch), examples);
        var split = Step(new SplitNetworkStep<double>(Wide, set, set, Batch, OnePartAtATime.Instance), examples);
        Assert.Equal(whole.Result.Loss, split.Result.Loss, 1e-12);
        Assert.Equal(whole.Result.Accuracy, split.Result.Accuracy);
        Assert.All(whole.Gradient.Zip(split.Gradient), g => Assert.Equal(g.First, g.Second, 1e-12));
    }

    /// <summary>A last batch of an epoch, or of fewer examples than there are parts: also to the same bits in a step that has just made a full one.</summary>
    [Theory]
    [InlineData(69)]
    [InlineData(33)]
    [InlineData(3)]
    [InlineData(1)]
    public void Run_FewerExamplesThanCompiledFor_AgreesWithTheWholeBatch(int count)
    {
        var (set, examples) = Data<double>();
        var last = examples[..count];
        var whole = Step(new NetworkStep<double>(Wide, set, set, count), last);
        var partly = Step(new NetworkStep<double>(Wide, set, set, Batch), last);
        var step = new SplitNetworkStep<double>(Wide, set, set, Batch, OnePartAtATime.Instance);
        var fresh = Step(step, last);
        _ = Step(step, examples);
        var again = Step(step, last);
        Assert.Equal(whole.Result, partly.Result);
        Assert.Equal(whole.Gradient, partly.Gradient);
        Assert.Equal(whole.Result.Loss, fresh.Result.Loss, 1e-12);
        Assert.Equal(whole.Result.Accuracy, fresh.Result.Accuracy);
        Assert.All(whole.Gradient.Zip(fresh.Gradient), g => Assert.Equal(g.First, g.Second, 1e-12));
        Assert.Equal(fresh.Result, again.Result);
        Assert.Equal(fresh.Gradient, again.Gradient);
    }

    [Fact]
    public void Run_ExamplesVariedAtRandom_InPartsAreVariedAsInTheWholeBatch()
    {
        var set = SupervisedSet<double>.Classification(new NoisySource(), Enumerable.Range(0, 100).Select(i => i % 5).ToArray());
        int[] examples = [.. Enumerable.Range(0, Batch)];
        var whole = Step(new NetworkStep<double>(Wide, set, set, Batch), examples);
        var split = Step(new SplitNetworkStep<double>(Wide, set, set, Batch, OnePartAtATime.Instance), examples);
        Assert.Equal(whole.Result.Loss, split.Result.Loss, 1e-12);
        Assert.All(whole.Gradient.Zip(split.Gradient), g => Assert.Equal(g.First, g.Second, 1e-12));
        Assert.NotEqual(whole.Result.Loss, Step(new NetworkStep<double>(Wide, set, set, Batch), examples, iteration: 2).Result.Loss, 1e-6);
    }

    [Fact]
    public void Loss_InParts_AgreesWithTheWholeBatch()
    {
        var (set, examples) = Data<double>();
        var whole = new NetworkStep<double>(Wide, set, set, Batch);
        var split = new SplitNetworkStep<double>(Wide, set, set, Batch, OnePartAtATime.Instance);
        var parameters = new double[Wide.Parameters.Length];
        whole.Initialise(3, parameters);
        split.Initialise(3, parameters);
        Assert.Equal(whole.Loss(examples, parameters, 1), split.Loss(examples, parameters, 1), 1e-12);
    }

    [Fact]
    public void Run_OneThreadOrFour_SameBits()
    {
        var (set, examples) = Data<float>();
        var alone = Step(new SplitNetworkStep<float>(Wide, set, set, Batch, OnePartAtATime.Instance), examples);
        using var pool = new TrainingPool(4);
        SpinWait.SpinUntil(() => pool.IdleThreads == 4, TimeSpan.FromSeconds(30));
        for (var i = 0; i < 3; i++)
        {
            var together = Step(new SplitNetworkStep<float>(Wide, set, set, Batch, pool), examples);
            Assert.Equal(alone.Result, together.Result);
            Assert.True(alone.Gradient.AsSpan().SequenceEqual(together.Gradient));
            var last = Step(new SplitNetworkStep<float>(Wide, set, set, Batch, pool), examples[..50]);
            Assert.True(Step(new SplitNetworkStep<float>(Wide, set, set, Batch, OnePartAtATime.Instance), examples[..50]).Gradient.AsSpan().SequenceEqual(last.Gradient));
        }
    }

    [Fact]
    public void Run_PartThatThrows_ThrowsToTheCaller()
    {
        using var pool = new TrainingPool(2);
        SpinWait.SpinUntil(() => pool.IdleThreads == 2, TimeSpan.FromSeconds(30));
        Assert.Throws<InvalidDataException>(() => pool.Run(5, i => { if (i == 3) { throw new InvalidDataException(); } }));
    }

    private static (BatchResult Result, T[] Gradient) Step<T>(TrainingStep<T> step, int[] examples, int iteration = 1)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var parameters = new T[Wide.Parameters.Length];
        var gradient = new T[parameters.Length];
        step.Initialise(3, parameters);
        return (step.Run(examples, parameters, gradient, iteration), gradient);
    }

    private static (SupervisedSet<T> Set, int[] Examples) Data<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var random = new RandomStream(1, RandomPurpose.Data);
        var inputs = new T[100 * Wide.Input.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = T.CreateTruncating(random.NextNormal());
        }

        var labels = Enumerable.Range(0, 100).Select(i => i % 5).ToArray();
        return (SetOf(inputs, labels), [.. Enumerable.Range(0, Batch).Select(i => (i * 7) % 100)]);
    }

    private static SupervisedSet<T> SetOf<T>(T[] inputs, int[] labels)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => SupervisedSet<T>.Classification(labels.Length, inputs, labels);

    private sealed class NoisySource : ExampleSource<double>
    {
        public override int InputLength => Wide.Input.Length;

        public override void Read(int example, Span<double> destination) => destination.Fill(example);

        public override void ReadForTraining(int example, RandomStream random, Span<double> destination)
        {
            foreach (ref var number in destination)
            {
                number = random.NextNormal();
            }
        }
    }
}
