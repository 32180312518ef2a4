using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Workloads;

/// <summary>Training goes on to the bit from any saved iteration, and evaluation leaves no trace in it.</summary>
public sealed class NetworkStateTests
{
    private const int Examples = 60;
    private const int BatchSize = 8;
    private const int Iterations = 20;

    public static TheoryData<string> Networks => ["normalised", "dropout", "composite", "attention"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Restore_AtAnyIteration_SameBits(string name)
    {
        var whole = new Run(name);
        var saved = new List<(float[] Parameters, byte[] State)>();
        for (var i = 1; i <= Iterations; i++)
        {
            saved.Add(whole.Save());
            whole.Iterate(i);
        }

        for (var begin = 1; begin <= Iterations; begin += 3)
        {
            var rest = new Run(name);
            rest.Restore(saved[begin - 1]);
            for (var i = begin; i <= Iterations; i++)
            {
                rest.Iterate(i);
            }

            AssertSame(whole, rest);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Evaluate_InBetween_SameBits(string name)
    {
        var (alone, measured) = (new Run(name), new Run(name));
        for (var i = 1; i <= Iterations; i++)
        {
            alone.Iterate(i);
            var loss = measured.Step.Loss([0, 1, 2, 3, 4, 5, 6, 7], measured.Parameters, i);
            var evaluation = measured.Step.Evaluate(measured.Parameters, TestContext.Current.CancellationToken);
            Assert.True(double.IsFinite(loss + evaluation.TestLoss));
            Assert.Equal(evaluation, measured.Step.Evaluate(measured.Parameters, TestContext.Current.CancellationToken));
            measured.Iterate(i);
        }

        AssertSame(alone, measured);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Run_ManyIterations_LearnsTheExamples(string name)
    {
        var run = new Run(name);
        for (var i = 1; i <= 600; i++)
        {
            run.Iterate(i);
        }

        var evaluation = run.Step.Evaluate(run.Parameters, TestContext.Current.CancellationToken);
        Assert.InRange(evaluation.TrainAccuracy, 0.9, 1);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Run_Iteration_AllocatesNothing(string name)
    {
        var run = new Run(name);

        // The least of several: the runtime itself sometimes allocates when code runs for the first times.
        var allocated = Enumerable.Range(1, 8).Min(i =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run.Iterate(i);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
        Assert.Equal(0, allocated);
    }

    private static void AssertSame(Run expected, Run actual)
    {
        Assert.Equal(expected.Parameters, actual.Parameters);
        Assert.Equal(expected.Save().State, actual.Save().State);
    }

    private static Network Describe(string name) => name switch
    {
        "normalised" => new(
            [2, 6, 6],
            [
                new Convolution(4, 3, bias: false), new BatchNorm(), new Relu(), new Convolution(4, 3, padding: 1), new BatchNorm(affine: false), new Gelu(),
                new AveragePool(2), new Flatten(), new LayerNorm(), new Linear(3),
            ],
            new SoftmaxCrossEntropy()),
        "dropout" => new([2, 6, 6], [new Flatten(), new Linear(40), new Tanh(), new Dropout(0.3), new Linear(3)], new SoftmaxCrossEntropy()),
        "composite" => new(
            [2, 6, 6],
            [
                new Residual([new Convolution(2, 3, padding: 1), new BatchNorm(), new Relu(), new Dropout(0.1)]),
                new Concatenation([new Convolution(4, 3), new GlobalMaxPool()], [new MaxPool(2), new Flatten(), new Linear(6), new Sigmoid()]),
                new Linear(3),
            ],
            new SoftmaxCrossEntropy()),
        _ => new([2, 6, 6], [new Reshape([6, 12]), new SelfAttention(2), new Lstm(8), new MaxOverTime(), new Linear(3)], new SoftmaxCrossEntropy()),
    };

    private sealed class Run
    {
        private readonly BatchOrder _order = new(Examples, BatchSize, 1);
        private readonly int[] _batch = new int[BatchSize];
        private readonly float[] _gradient;

        public Run(string name)
        {
            var network = Describe(name);
            var random = new RandomStream(1, RandomPurpose.Data);
            int[] labels = [.. Enumerable.Range(0, Examples).Select(i => i % 3)];
            float[] inputs = [.. Enumerable.Range(0, Examples * 72).Select(i => (float)random.NextNormal() + (i % 72 / 24 == i / 72 % 3 ? 1.5f : 0))];
            var set = SupervisedSet<float>.Classification(Examples, inputs, labels);
            Step = new NetworkProblem<float>(network, set, set, new Dictionary<string, string>()).Compile(BatchSize);
            Parameters = new float[network.Parameters.Length];
            _gradient = new float[Parameters.Length];
            Step.Initialise(4, Parameters);
        }

        public TrainingStep<float> Step { get; }

        public float[] Parameters { get; private set; }

        public void Iterate(int iteration)
        {
            _order.Examples(iteration).CopyTo(_batch);
            Step.Run(_batch, Parameters, _gradient, iteration);
            for (var i = 0; i < Parameters.Length; i++)
            {
                Parameters[i] -= 0.2f * _gradient[i];
            }
        }

        public (float[] Parameters, byte[] State) Save()
        {
            var state = new byte[Step.StateLength];
            Step.Save(state);
            return ([.. Parameters], state);
        }

        public void Restore((float[] Parameters, byte[] State) saved)
        {
            Parameters = [.. saved.Parameters];
            Step.Restore(saved.State);
        }
    }
}
