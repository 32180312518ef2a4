using System.Numerics;
using Stepsize.Torch.Parameters;
using Stepsize.Training.Networks;
using Stepsize.Training.Workloads;
using static TorchSharp.torch;

namespace Stepsize.Torch.Networks;

/// <summary>Measures runs on the whole training and test set, some examples of all runs at a time.</summary>
internal sealed class BatchedEvaluation<T>(NetworkProblem<T> problem, ProblemData<T> data)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Bytes that the activations of all runs may take.</summary>
    private const long Memory = 1 << 30;

    private readonly Network _network = problem.Network;

    /// <param name="rows">Of the runs among those of the parameters.</param>
    /// <exception cref="OperationCanceledException"/>
    public Evaluation[] Measure(BatchedParameters parameters, BatchedState state, long[] rows, CancellationToken cancellation)
    {
        using var undifferentiated = no_grad();
        using var scope = NewDisposeScope();
        var chosen = Numbers.Upload<long>(rows, data.Device, rows.Length);
        using var values = parameters.Of(chosen, trains: false);
        var train = Measure(data.Train, values, state, chosen, cancellation);
        var test = Measure(data.Test, values, state, chosen, cancellation);
        return [.. train.Zip(test).Select(pair => new Evaluation(pair.First.MeanLoss, Accuracy(pair.First), pair.Second.MeanLoss, Accuracy(pair.Second))
        {
            TestTopFiveAccuracy = _network.Loss.CountsTopFive ? pair.Second.TopFiveAccuracy : double.NaN,
        })];
    }

    private LossSums[] Measure(DeviceSet<T> set, BatchedParameters parameters, BatchedState state, Tensor rows, CancellationToken cancellation)
    {
        var sums = new SumsOfRuns(parameters.Runs, data.Device);

        // As many stretches of a sequence side by side as the CPU engine has: where they begin, nothing is carried.
        var stretches = NetworkEvaluation<T>.WidthOf(_network);
        var order = problem.ReadsInOrder ? new WindowOrder(set.Count, Math.Min(set.Count, stretches)) : null;
        using var own = state.ForEvaluation(rows, stretches);
        var width = (int)Math.Clamp(Memory / (_network.ActivationBytesPerExample(problem.ScalarBytes) * parameters.Runs), 1, set.Count);
        var batches = order is null ? (set.Count + width - 1) / width : order.Iterations + 1;
        for (var i = 0; i < batches; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<int> examples = order is null ? [.. Enumerable.Range(i * width, Math.Min(width, set.Count - (i * width)))]
                : i < order.Iterations ? order.Examples(i + 1)
                : order.Rest();
            if (!examples.IsEmpty)
            {
                Add(sums, set, examples, parameters, own, startsSequence: order is null || i == order.Iterations || order.IsFirst(i + 1));
            }
        }

        return sums.Read();
    }

    private void Add(SumsOfRuns sums, DeviceSet<T> set, ReadOnlySpan<int> examples, BatchedParameters parameters, BatchedState state, bool startsSequence)
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = set.ForEvaluation(examples);
        var pass = new BatchedPass { Runs = parameters.Runs, Parameters = parameters.Tensors, State = state, StartsSequence = startsSequence };
        var outputs = LayerTranslation.Apply(_network.Plan, inputs, pass);
        sums.Predictions += (long)examples.Length * _network.Loss.PredictionsPerExample(_network.Output);
        sums.Loss.add_(BatchedLoss.Sum(_network.Loss, outputs, targets));
        if (set.Classifies)
        {
            sums.Correct.add_(BatchedLoss.Correct(outputs, targets));
        }

        if (_network.Loss.CountsTopFive)
        {
            sums.CorrectInFive.add_(BatchedLoss.CorrectInFive(outputs, targets));
        }
    }

    private double Accuracy(LossSums sums) => _network.Loss.Classifies ? sums.Accuracy : double.NaN;

    /// <summary>Sums of each run, which stay on the device until all examples are through.</summary>
    private sealed class SumsOfRuns(long runs, Device device)
    {
        public Tensor Loss { get; } = zeros(runs, dtype: ScalarType.Float64, device: device);

        public Tensor Correct { get; } = zeros(runs, dtype: ScalarType.Int64, device: device);

        public Tensor CorrectInFive { get; } = zeros(runs, dtype: ScalarType.Int64, device: device);

        public long Predictions { get; set; }

        public LossSums[] Read()
        {
            var (losses, correct, inFive) = (Numbers.Download<double>(Loss), Numbers.Download<long>(Correct), Numbers.Download<long>(CorrectInFive));
            return [.. losses.Select((loss, i) => new LossSums(loss, correct[i], Predictions, inFive[i]))];
        }
    }
}
