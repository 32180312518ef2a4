using System.Text;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Text;
using Stepsize.Training.Faults;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;
using Stepsize.Training.Tests.Datasets;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Workloads;

public sealed class TextWorkloadTests
{
    [Fact]
    public void Measure_RottenTomatoes_CountsTheParametersOfKimsNetwork()
    {
        var size = Measure("rotten-tomatoes-cnn");
        const int embedding = 18_765 * 128, filters = (100 * 128 * (3 + 4 + 5)) + (3 * 100), last = (300 * 2) + 2;
        Assert.Equal((embedding + filters + last, 9596, 10_662), (size.Parameters, size.TrainingExamples, size.EvaluationExamples));
    }

    [Fact]
    public void Measure_PennTreebank_CountsTheParametersOfTwoLayers()
    {
        var size = Measure("ptb-lstm");
        const int embedding = 10_001 * 200, layer = (4 * 200 * 400) + (8 * 200), last = 10_001 * 201;
        Assert.Equal((embedding + (2 * layer) + last, 23_239), (size.Parameters, size.TrainingExamples));
    }

    [Fact]
    public void RottenTomatoesNetwork_TwoWords_AreLearned()
    {
        var texts = Sentences(60);
        var vocabulary = Vocabulary.Of(texts.Select(t => t.Tokens));
        var set = TokenSets.Of<float>(texts, vocabulary, 9, atEnd: false);
        var losses = Train(new NetworkProblem<float>(RottenTomatoesCnn.Network(vocabulary.Size, 9, 8, 6), set, set, new Dictionary<string, string>()), 20, 60, 0.3f, out var last);
        Assert.True(losses[^1] < 0.5 * losses[0], $"from {losses[0]} to {losses[^1]}");
        Assert.InRange(last.TestAccuracy, 0.95, 1);
    }

    [Fact]
    public void PennTreebankNetwork_RepeatedSentence_IsPredictedBetterThanByFrequency()
    {
        string[] words = [.. Enumerable.Range(0, 1201).Select(i => "the cat sat on a mat <eos>".Split(' ')[i % 7])];
        var vocabulary = Vocabulary.Of([words]);
        var set = TokenSets.Following<float>(words, vocabulary, 6);
        Assert.Equal((200, 6), (set.Count, set.InputLength));
        var problem = new NetworkProblem<float>(PennTreebankLstm.Network(vocabulary.Size, 6, 16), set, set, new Dictionary<string, string>()) { ReadsInOrder = true };
        var losses = Train(problem, 10, 300, 1f, out var last);
        Assert.InRange(last.TestLoss, 0, 0.8);
        Assert.True(losses[0] > 1.5);
    }

    [Fact]
    public void ReadsInOrder_ZeroStepsize_LossDoesNotDependOnTheExamplesAskedForAndStateIsCarried()
    {
        string[] words = [.. Enumerable.Range(0, 241).Select(i => ((i * i) % 11).ToString())];
        var vocabulary = Vocabulary.Of([words]);
        var set = TokenSets.Following<double>(words, vocabulary, 4);
        Network network = new([4], [new Embedding(vocabulary.Size, 3), new Lstm(5, carries: true), new Linear(vocabulary.Size)], new SoftmaxCrossEntropy());
        var problem = new NetworkProblem<double>(network, set, set, new Dictionary<string, string>()) { ReadsInOrder = true };
        var step = problem.Compile(6);
        var x = new double[problem.Parameters.Length];
        var g = new double[x.Length];
        step.Initialise(0, x);
        double[] losses = [.. Enumerable.Range(1, 20).Select(t => step.Run([0, 1, 2, 3, 4, 5], x, g, t).Loss)];

        // Iterations 1 and 11 begin an epoch, with the state at zero; the others go on from the one before.
        Assert.Equal(losses[..10], losses[10..]);
        Assert.Equal(60, set.Count);
        var whole = step.Evaluate(x, CancellationToken.None);
        Assert.Equal(whole.TrainLoss, whole.TestLoss);
        var fresh = new NetworkProblem<double>(network, set, set, new Dictionary<string, string>()).Compile(6);
        fresh.Initialise(0, new double[x.Length]);
        Assert.Equal(losses[0], fresh.Run([0, 10, 20, 30, 40, 50], x, g, 1).Loss);
        Assert.NotEqual(losses[1], fresh.Run([1, 11, 21, 31, 41, 51], x, g, 2).Loss);
        Assert.Equal(step.Evaluate(x, CancellationToken.None), whole);
    }

    [Fact]
    public void WindowOrder_SevenWindowsInThrees_LeavesOneOver()
    {
        var order = new WindowOrder(7, 3);
        Assert.Equal(2, order.Iterations);
        Assert.Equal([0, 2, 4], order.Examples(1).ToArray());
        Assert.Equal([1, 3, 5], order.Examples(4).ToArray());
        Assert.Equal([6], order.Rest().ToArray());
        Assert.True(order.IsFirst(1) && !order.IsFirst(2) && order.IsFirst(3));
    }

    [Fact]
    public async Task FakeNews_SmallFile_IsLearned()
    {
        using var folder = new DataFolder();
        var csv = new StringBuilder("text,label\n");
        foreach (var text in Sentences(80))
        {
            csv.Append('"').AppendJoin(' ', text.Tokens).Append("\",").Append(text.Label).Append('\n');
        }

        folder.Write("news/news.csv", csv.ToString());
        const string Specification = """
            { "name": "news", "workload": "fake-news-lstm", "batchSize": 10, "epochs": 25, "seeds": [0],
              "workloadOptions": { "trainRows": ROWS, "testRows": 20, "vocabulary": 20, "length": 8, "embedding": 6, "hidden": 8 },
              "optimizers": [ { "id": "adam", "values": [0.02] } ] }
            """;
        var recorder = await WorkloadRuns.TrainAsync(Specification.Replace("ROWS", "60", StringComparison.Ordinal), folder.Folders);
        Assert.InRange(recorder.Evaluations(0)[^1].Evaluation.TestAccuracy, 0.9, 1);
        await Assert.ThrowsAsync<InvalidInputException>(() => WorkloadRuns.TrainAsync(Specification.Replace("ROWS", "61", StringComparison.Ordinal), folder.Folders));
    }

    [Theory]
    [InlineData("rotten-tomatoes-cnn", "datasets get rotten-tomatoes")]
    [InlineData("ptb-lstm", "datasets import ptb")]
    [InlineData("fake-news-lstm", "datasets import news")]
    public void Prepare_NoData_SaysWhatGetsIt(string id, string expected)
    {
        using var folder = new DataFolder();
        var workload = WorkloadRegistry.Find(id)!;
        var options = OptionSet.Resolve(workload.Options, null, "", new FaultList());
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => workload.Prepare(options, folder.Folders)).Message, StringComparison.Ordinal);
    }

    private static WorkloadSize Measure(string id)
    {
        var workload = WorkloadRegistry.Find(id)!;
        return workload.Measure(OptionSet.Resolve(workload.Options, null, "", new FaultList()));
    }

    /// <summary>Sentences with one telling word among others.</summary>
    private static List<LabelledText> Sentences(int count)
    {
        var random = new RandomStream(2, RandomPurpose.Data);
        string[] others = ["a", "film", "of", "the", "year", "with", "actors"];
        var texts = new List<LabelledText>();
        for (var i = 0; i < count; i++)
        {
            List<string> words = [.. Enumerable.Range(0, 5 + (i % 3)).Select(_ => others[random.NextBelow(others.Length)])];
            words[random.NextBelow(words.Count)] = i % 2 == 0 ? "good" : "bad";
            texts.Add(new LabelledText(words, i % 2));
        }

        return texts;
    }

    private static List<double> Train(Problem<float> problem, int batchSize, int iterations, float stepsize, out Evaluation last)
    {
        var step = problem.Compile(batchSize);
        var (x, g) = (new float[problem.Parameters.Length], new float[problem.Parameters.Length]);
        step.Initialise(0, x);
        var order = new BatchOrder(problem.TrainingExamples, batchSize, 0);
        var losses = new List<double>();
        for (var t = 1; t <= iterations; t++)
        {
            losses.Add(step.Run(order.Examples(t), x, g, t).Loss);
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(g, -stepsize, x, x);
        }

        last = step.Evaluate(x, CancellationToken.None);
        return losses;
    }
}
