using System.Numerics.Tensors;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>Stochastic gradient descent with the constant stepsize η/b₀ (Ward, Wu and Bottou 2020, section 5).</summary>
public sealed class SgdConstant : OptimizerDefinition
{
    public override string Id => "sgd-constant";

    public override string Title => "SGD constant";

    public override string Source => "Ward, Wu and Bottou (2020), section 5";

    public override string Summary => "The baseline: the same stepsize at every iteration.";

    public override string Formula => @"x_t = x_{t-1} - \frac{\eta}{b_0}\, g_t";

    public override Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout) =>
        new State<T>(T.CreateChecked(settings.InitialStepsize), layout);

    private sealed class State<T>(T stepsize, ParameterLayout layout) : Optimizer<T>(layout)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        public override double Step(Span<T> x, Span<T> g, StepContext<T> context)
        {
            TensorPrimitives.MultiplyAdd(g, -stepsize, x, x);
            return double.CreateChecked(stepsize);
        }
    }
}
