using System.Numerics;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;


/// <summary>
/// Gradient descent with a line search (Ward, Wu and Bottou 2020, algorithm 2): b starts again from b₀ at each iteration and is doubled until the step
/// decreases the loss enough. Meant for the full batch; with mini-batches it searches on the loss of the mini-batch.
/// </summary>
public sealed class GdLineSearch : OptimizerDefinition
{
    private const int MaximumDoublings = 60;

    public override string Id => "gd-linesearch";

    public override string Title => "GD with line search";

    public override string Source => "Ward, Wu and Bottou (2020), algorithm 2";

    public override string Summary => "Doubles b from b₀ until the step decreases the loss by at least η‖g‖²/(2b); at most 60 doublings an iteration.";

    public override string Formula =>
        @"x_t = x_{t-1} - \frac{\eta}{b}\, g_t, \qquad "
        + @"b = \min\left\{ 2^k b_0 : F\left(x_{t-1} - \tfrac{\eta}{b} g_t\right) \le F(x_{t-1}) - \tfrac{\eta}{2b} \lVert g_t \rVert^2 \right\}";

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) => new State<T>(InitialStepsize(settings), layout);

    private sealed class State<T>(double initial, ParameterLayout layout) : Optimizer<T>(layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T[] _candidate = new T[layout.Length];

        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            var stepsize = initial;
            var gSquared = Norms.Squared<T>(g);
            for (var doublings = 0; ; doublings++)
            {
                x.CopyTo(_candidate);
                PlainStep.Take<T>(_candidate, g, stepsize);

                // Written so that a loss that has overflowed to NaN is not taken for a decrease.
                if (doublings == MaximumDoublings || context.LossAt(_candidate) <= context.Loss - (stepsize / 2 * gSquared))
                {
                    _candidate.CopyTo(x);
                    return stepsize;
                }

                stepsize /= 2;
            }
        }
    }
}
