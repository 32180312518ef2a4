using Stepsize.Training.Networks;
using Stepsize.Training.Parameters;
using Stepsize.Torch.Parameters;
using static TorchSharp.torch;

namespace Stepsize.Torch.Networks;

/// <summary>What training changes without a gradient, of R runs: running statistics [R, channels], and what LSTMs carry from batch to batch [R, B, cells].</summary>
internal sealed class BatchedState : IDisposable
{
    private readonly Dictionary<ParameterSegment, Tensor> _values = new(ReferenceEqualityComparer.Instance);
    private readonly ParameterSegment[] _statistics;
    private readonly ParameterSegment[] _carries;

    /// <param name="examples">Examples of a batch, for what is carried.</param>
    public BatchedState(Network network, long runs, long examples, ScalarType type, Device device)
    {
        _statistics = [.. network.States.Segments];
        _carries = [.. Carries(network.Plan)];
        var initial = new double[network.StateLength(1)];
        network.InitialiseState<double>(initial);
        foreach (var segment in _statistics)
        {
            using var row = Numbers.Upload(segment.Of((ReadOnlySpan<double>)initial).ToArray(), device, 1, segment.Length);
            using var typed = row.to(type);
            _values[segment] = typed.repeat(runs, 1);
        }

        foreach (var segment in _carries)
        {
            _values[segment] = zeros([runs, examples, segment.Length], dtype: type, device: device);
        }
    }

    private BatchedState(BatchedState from, Func<Tensor, Tensor> take, bool withCarries)
    {
        _statistics = from._statistics;
        _carries = withCarries ? from._carries : [];
        foreach (var segment in _statistics.Concat(_carries))
        {
            _values[segment] = take(from._values[segment]);
        }
    }

    /// <summary>Everything, with a row for each run.</summary>
    public IEnumerable<Tensor> All => _statistics.Concat(_carries).Select(s => _values[s]);

    public Tensor this[ParameterSegment segment] => _values[segment];

    /// <summary>The state of some runs alone.</summary>
    public BatchedState Of(Tensor rows) => new(this, v => v.index_select(0, rows), withCarries: true);

    /// <summary>A copy of the statistics of some runs; what examples carry begins at zero, for as many as evaluation has side by side.</summary>
    public BatchedState ForEvaluation(Tensor rows, long examples)
    {
        var state = new BatchedState(this, v => v.index_select(0, rows), withCarries: false);
        foreach (var segment in _carries)
        {
            state._values[segment] = zeros([rows.shape[0], examples, segment.Length], dtype: _values[segment].dtype, device: rows.device);
        }

        return state;
    }

    public void Dispose()
    {
        foreach (var value in _values.Values)
        {
            value.Dispose();
        }
    }

    private static IEnumerable<ParameterSegment> Carries(ChainPlan chain) =>
        chain.Layers.SelectMany(l => l.Carries.Concat(l.Branches.SelectMany(Carries)));
}
