using Stepsize.Torch.Parameters;
using Stepsize.Training.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>
/// An optimizer of k runs that differ in their axis value alone: the rule of the CPU engine's optimizer of the same name, over matrices whose rows are the
/// runs. State that is taken with <see cref="Buffer"/> and <see cref="Accumulators"/> is what a checkpoint holds.
/// </summary>
internal abstract class BatchedOptimizer(OptimizerRuns runs) : IDisposable
{
    /// <summary>Numbers as libtorch's functions take them, made once: making one takes longer than an operation.</summary>
    protected static readonly Scalar One = 1.0;

    protected static readonly Scalar MinusOne = -1.0;

    private readonly List<StateTensor> _states = [];
    private readonly List<StateTensor> _settings = [];

    protected BatchedLayout Layout => runs.Layout;

    /// <summary>Of parameters and gradients.</summary>
    protected ScalarType Type => runs.Type;

    /// <summary>What a checkpoint must hold, with a row for each run.</summary>
    public IEnumerable<Tensor> State => _states.Select(s => s.Value);

    /// <summary>Makes a step of all runs: changes <paramref name="x"/> and may change <paramref name="g"/>. Within a scope of the caller's.</summary>
    /// <param name="x">Parameters [k, width].</param>
    /// <param name="g">Gradients [k, width] of the mean mini-batch losses; scratch afterwards.</param>
    /// <param name="loss">Mini-batch losses [k], in double.</param>
    /// <param name="context">What the iteration has in common for all runs; it has no losses.</param>
    /// <returns>Effective stepsizes [k], in double.</returns>
    public abstract Tensor Step(Tensor x, Tensor g, Tensor loss, StepContext<double> context);

    /// <summary>Goes on with some runs alone.</summary>
    public void Keep(Tensor rows)
    {
        foreach (var tensor in _states.Concat(_settings))
        {
            tensor.Keep(rows);
        }
    }

    public virtual void Dispose()
    {
        foreach (var tensor in _states.Concat(_settings))
        {
            tensor.Dispose();
        }
    }

    /// <summary>A state matrix as large as the parameters, zero at first, that belongs to checkpoints. Taken in the constructor only.</summary>
    protected StateTensor Buffer() => Remember(Layout.Zeros(runs.Count, Type, runs.Device));

    /// <summary>The same, with a number for each run at first.</summary>
    protected StateTensor Buffer(Func<OptimizerSettings, double> initial)
    {
        using var values = Rows(initial);
        using var typed = values.to(Type);
        return Remember(typed.repeat(1, Layout.Width));
    }

    /// <summary>Sums that go on for a whole run [k, n], in double.</summary>
    protected StateTensor Accumulators(int count, Func<OptimizerSettings, double> initial)
    {
        using var values = Rows(initial);
        return Remember(values.repeat(1, count));
    }

    /// <summary>A number of each run that follows from its settings [k, 1], in double.</summary>
    protected StateTensor PerRun(Func<OptimizerSettings, double> value)
    {
        var tensor = new StateTensor(Rows(value));
        _settings.Add(tensor);
        return tensor;
    }

    /// <summary>[k, 1] in double as factors of parameters and gradients.</summary>
    protected Tensor Typed(Tensor perRun) => perRun.to(Type);

    /// <summary>x ← x − s · g.</summary>
    /// <param name="stepsizes">[k, 1], in double.</param>
    protected void Take(Tensor x, Tensor g, Tensor stepsizes) => x.addcmul_(g, Typed(stepsizes), MinusOne);

    /// <summary>g ← g + λ x.</summary>
    protected static void AddDecay(Tensor x, Tensor g, double weightDecay)
    {
        if (weightDecay != 0)
        {
            g.add_(x, weightDecay);
        }
    }

    private Tensor Rows(Func<OptimizerSettings, double> value) => Numbers.Upload(runs.Settings.Select(value), runs.Device, runs.Count, 1);

    private StateTensor Remember(Tensor tensor)
    {
        var state = new StateTensor(tensor);
        _states.Add(state);
        return state;
    }
}
