using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Layers;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;

namespace Stepsize.Torch.Tests.Networks;

/// <summary>Problems of random examples that fit a network: numbers, or words where it begins with an embedding.</summary>
internal static class RandomData
{
    public static NetworkProblem<double> Problem(Network network, int train, int test, bool readsInOrder = false) =>
        new(network, Set(network, train, 1), Set(network, test, 2), new Dictionary<string, string>()) { ReadsInOrder = readsInOrder };

    public static double[] Normals(int count, int seed)
    {
        var random = new RandomStream(seed, RandomPurpose.Data);
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            value = random.NextNormal();
        }

        return values;
    }

    private static SupervisedSet<double> Set(Network network, int count, int seed)
    {
        var random = new RandomStream(seed, RandomPurpose.Split);
        var words = network.Plan.Layers[0] is { Layer: Embedding } embedding ? embedding.Parameters[0].Rows : 0;
        var inputs = words == 0
            ? Normals(count * network.Input.Length, seed)
            : [.. Enumerable.Range(0, count * network.Input.Length).Select(_ => (double)random.NextBelow(words))];
        return network.Loss.Classifies
            ? SupervisedSet<double>.Classification(
                count, inputs, Enumerable.Range(0, count * network.Loss.PredictionsPerExample(network.Output)).Select(_ => random.NextBelow(network.Output[^1])).ToArray())
            : SupervisedSet<double>.Regression(count, inputs, Normals(count * network.Output.Length, seed + 10));
    }
}
