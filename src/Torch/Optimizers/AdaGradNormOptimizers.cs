using Stepsize.Torch.Parameters;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Optimizers.Mechanics;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>
/// <see cref="AdaGradNorm"/>, <see cref="AdaGradNormMomentum"/> and <see cref="WnGrad"/>: a b for everything, for each tensor or for each neuron, that grows with the
/// squared norms of the gradients.
/// </summary>
internal sealed class NormDescent : BatchedOptimizer
{
    private readonly OptimizerRuns _runs;
    private readonly double _guard;
    private readonly int _groups;
    private readonly Tensor? _neurons;
    private readonly double _weightDecay;
    private readonly StateTensor _b;
    private readonly StateTensor? _m;

    public NormDescent(OptimizerRuns runs)
        : base(runs)
    {
        _runs = runs;
        (var groups, _guard) = NormGroups.Of(Layout.Layout, runs.Options.Choice(Granularity.Option.Id));
        _groups = groups.Length;
        _weightDecay = runs.Options.Values.ContainsKey(WeightDecay.Id) ? runs.Options.Number(WeightDecay.Id) : 0;
        _b = Accumulators(_groups, s => runs.Definition is WnGrad ? s.AxisValue : s.AxisValue * s.AxisValue);
        _m = runs.Definition is AdaGradNormMomentum ? Buffer() : null;

        // Groups that count those of their neuron too; others look at a column of zeros behind the last.
        _neurons = groups.Any(group => group.Neuron >= 0)
            ? Numbers.Upload<long>([.. groups.Select(group => group.Neuron < 0 ? _groups : (long)group.Neuron)], runs.Device, _groups)
            : null;
    }

    /// <summary>Whether a group is a neuron: the row of a weight, or an element of a vector.</summary>
    private bool ByNeurons => _guard > 0;

    public override Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context)
    {
        AddDecay(x, g, _weightDecay);
        var growth = Growth(g);
        if (_runs.Definition is WnGrad)
        {
            _b.Value.add_(growth / _b.Value);
        }
        else
        {
            _b.Value.add_(growth);
        }

        var b = _runs.Definition is WnGrad ? _b.Value : _b.Value.sqrt();
        var stepsizes = (b + _guard).reciprocal_() * _runs.Eta;
        var direction = g;
        if (_m is not null)
        {
            var beta = _runs.Options.Number("beta");
            direction = _m.Value.mul_(beta).add_(g, 1 - beta);
        }

        Take(x, direction, Typed(stepsizes), 0);
        return MiddleValues.Median(stepsizes);
    }

    public override void Dispose()
    {
        _neurons?.Dispose();
        base.Dispose();
    }

    /// <summary>‖g‖² of each group, and of its neuron's weights [k, groups].</summary>
    private Tensor Growth(Tensor g)
    {
        var squares = _groups == 1 ? BatchedNorms.OfAll(g)
            : ByNeurons ? BatchedNorms.OfRows(Layout, g)
            : BatchedNorms.OfTensors(Layout, g);
        return _neurons is null ? squares : squares + cat([squares, zeros_like(squares.narrow(1, 0, 1))], 1).index_select(1, _neurons);
    }

    /// <summary>x ← x − s · direction, with the stepsize of each group.</summary>
    private void Take(Tensor x, Tensor direction, Tensor stepsizes, long first)
    {
        if (_groups == 1)
        {
            x.addcmul_(direction, stepsizes, MinusOne);
            return;
        }

        for (var i = 0; i < Layout.Count; i++)
        {
            var count = ByNeurons ? Layout.Layout.Segments[i].Rows : 1;
            var own = stepsizes.narrow(1, first, count).unsqueeze(2);
            var (to, along) = ByNeurons ? (Layout.Rows(x, i), Layout.Rows(direction, i)) : (Layout.Flat(x, i).unsqueeze(1), Layout.Flat(direction, i).unsqueeze(1));
            to.addcmul_(along, own, MinusOne);
            first += count;
        }
    }
}
