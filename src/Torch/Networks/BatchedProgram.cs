using System.Numerics;
using Stepsize.Torch.Parameters;
using Stepsize.Training.Workloads;
using static TorchSharp.torch;

namespace Stepsize.Torch.Networks;

/// <summary>
/// Loss and gradient of R runs of one seed in one program: their mini-batch is gathered once. Belongs to one thread; everything it makes in an iteration is
/// released at its end.
/// </summary>
internal sealed class BatchedProgram<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NetworkProblem<T> _problem;
    private readonly ProblemData<T> _data;
    private readonly int _seed;
    private readonly WindowOrder? _order;
    private BatchedState _state;

    /// <param name="data">The problem's, on the device; not disposed of here.</param>
    /// <param name="runs">R.</param>
    public BatchedProgram(NetworkProblem<T> problem, ProblemData<T> data, int batchSize, int seed, int runs)
    {
        problem.RequireBatch(batchSize);
        _problem = problem;
        _data = data;
        _seed = seed;
        _order = problem.ReadsInOrder ? new WindowOrder(problem.TrainingExamples, batchSize) : null;
        Layout = new BatchedLayout(problem.Parameters);
        Parameters = new BatchedParameters(Layout, Initial(problem, Layout, seed, runs, data.Device, out var weights), trains: true);
        InitialWeights = weights;
        _state = new BatchedState(problem.Network, runs, batchSize, Numbers.Type<T>(), data.Device);
    }

    public BatchedLayout Layout { get; }

    public BatchedParameters Parameters { get; private set; }

    /// <summary>The flat parameters that every run starts from.</summary>
    public T[] InitialWeights { get; }

    /// <summary>What a checkpoint must hold, with a row for each run: parameters, statistics, and what is carried.</summary>
    public IEnumerable<Tensor> State => [Parameters.Values, .. _state.All];

    /// <summary>Runs that are left.</summary>
    public long Runs => Parameters.Runs;

    /// <summary>Mean loss [R] in double and accuracy [R] of the iteration's mini-batch before the step, and its gradient in <see cref="BatchedParameters.Gradient"/>.</summary>
    /// <param name="examples">What the seed's order has for the iteration.</param>
    /// <param name="iteration">t = 1, 2, …</param>
    /// <returns>Tensors of the caller's scope.</returns>
    public (Tensor Loss, Tensor Accuracy) Run(ReadOnlySpan<int> examples, int iteration)
    {
        using var scope = NewDisposeScope();
        examples = _order is null ? examples : _order.Examples(iteration);
        var (inputs, targets) = _data.Train.ForTraining(examples, _seed, iteration);
        var pass = new BatchedPass
        {
            Runs = Runs,
            Parameters = Parameters.Tensors,
            State = _state,
            Trains = true,
            Seed = _seed,
            Iteration = iteration,
            StartsSequence = _order is null || _order.IsFirst(iteration),
        };
        var outputs = LayerTranslation.Apply(_problem.Network.Plan, inputs, pass);
        var predictions = (double)examples.Length * _problem.Network.Loss.PredictionsPerExample(_problem.Network.Output);
        var loss = BatchedLoss.Sum(_problem.Network.Loss, outputs, targets) / predictions;
        Parameters.Differentiate(loss.sum());
        var accuracy = _data.Train.Classifies
            ? BatchedLoss.Correct(outputs.detach(), targets).to(ScalarType.Float64) / predictions
            : full([Runs], double.NaN, dtype: ScalarType.Float64, device: _data.Device);
        return (loss.detach().MoveToOuterDisposeScope(), accuracy.MoveToOuterDisposeScope());
    }

    /// <summary>Measures runs over the whole sets.</summary>
    /// <param name="rows">Their places among those that are left.</param>
    /// <exception cref="OperationCanceledException"/>
    public Evaluation[] Evaluate(long[] rows, CancellationToken cancellation)
    {
        var evaluation = new BatchedEvaluation<T>(_problem, _data);
        return evaluation.Measure(Parameters, _state, rows, cancellation);
    }

    /// <summary>Goes on with some runs alone.</summary>
    public void Keep(long[] rows)
    {
        using var kept = Numbers.Upload<long>(rows, _data.Device, rows.Length);
        var (parameters, state) = (Parameters.Of(kept, trains: true), _state.Of(kept));
        Parameters.Dispose();
        _state.Dispose();
        (Parameters, _state) = (parameters, state);
    }

    public void Dispose()
    {
        Parameters.Dispose();
        _state.Dispose();
    }

    private static Tensor Initial(NetworkProblem<T> problem, BatchedLayout layout, int seed, int runs, Device device, out T[] weights)
    {
        weights = new T[problem.Parameters.Length];
        problem.Network.Initialise<T>(seed, weights);
        var row = new T[layout.Width];
        layout.Spread<T>(weights, row);
        using var one = Numbers.Upload<T>(row, device, 1, layout.Width);
        return one.repeat(runs, 1);
    }
}
