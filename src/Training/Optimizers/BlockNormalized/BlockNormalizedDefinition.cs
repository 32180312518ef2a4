using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers.Mechanics;
using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers;

/// <summary>
/// What the optimizers of "Block-normalized gradient" (ICLR 2018 submission) have in common as definitions: the axis lr, and the options of a base
/// optimizer, which sees ĝ in place of the gradient.
/// </summary>
public abstract class BlockNormalizedDefinition : OptimizerDefinition
{
    /// <summary>The document as all of them cite it.</summary>
    private protected const string Document = "\"Block-normalized gradient\" (ICLR 2018 submission), ";

    private protected const string Normalised = @"\hat g_{t,i} = \frac{g_{t,i}}{\lVert g_{t,i} \rVert} \ (\text{each block } i), \qquad ";

    private protected const string Adaptive = @"\hat g_{t,i} = \alpha \lVert x_{t-1,i} \rVert \frac{g_{t,i}}{\lVert g_{t,i} \rVert} \ (\text{each block } i), \qquad ";

    private protected const string Clipped = @"\hat g_t = g_t \min\left\{ 1, \frac{\theta}{\lVert g_t \rVert} \right\}, \qquad ";

    private protected const string MomentumStep = @"m_t = \mu m_{t-1} + \hat g_t + \lambda x_{t-1}, \quad x_t = x_{t-1} - \mathrm{lr}\, m_t";

    private protected const string AdamStep =
        @"x_t = x_{t-1} - \mathrm{lr}\, \frac{\hat m_t}{\sqrt{\hat v_t} + \varepsilon} \quad (\hat m, \hat v \text{ as in Adam, of } \hat g_t + \lambda x_{t-1})";

    private protected const string AdaGradStep =
        @"s_t = s_{t-1} + \hat g_t \odot \hat g_t, \quad "
        + @"x_t = x_{t-1} - \frac{\mathrm{lr}}{\sqrt{s_t} + 10^{-10}} \odot \hat g_t \quad (\hat g_t + \lambda x_{t-1} \text{ for } \hat g_t)";

    /// <summary>ε of the forms of AdaGrad, as torch.optim.Adagrad has it.</summary>
    private protected const double AdaGradEpsilon = 1e-10;

    /// <summary>The ratio of the adaptive forms; the document's best on CIFAR.</summary>
    private protected static OptionDefinition Alpha { get; } =
        OptionDefinition.Number("alpha", 0.02, "α, the norm of a block's gradient as a share of the norm of its parameters.", 0, minimumIsExclusive: true);

    /// <summary>The threshold of the clipped forms; the document's best on CIFAR.</summary>
    private protected static OptionDefinition Threshold { get; } =
        OptionDefinition.Number("threshold", 0.1, "θ, the largest norm of the whole gradient that is left as it is.", 0, minimumIsExclusive: true);

    /// <summary>Of SGD with momentum, with the document's defaults.</summary>
    private protected static IReadOnlyList<OptionDefinition> MomentumOptions { get; } =
        [MomentumOptimizer<double>.Momentum, WeightDecay.L2(1e-4), .. StepsizeDecay.Options];

    private protected static IReadOnlyList<OptionDefinition> AdamOptions { get; } =
        [Moments.Beta1, Moments.Beta2, Moments.Epsilon, WeightDecay.L2(), .. StepsizeDecay.Options];

    private protected static IReadOnlyList<OptionDefinition> AdaGradOptions { get; } = [WeightDecay.L2(), .. StepsizeDecay.Options];

    public override IReadOnlyList<RobustnessAxis> Axes { get; } = [RobustnessAxis.LearningRate];

    public override void Check(OptionSet options, RobustnessAxis axis, string field, FaultList faults) => StepsizeDecay.Check(options, field, faults);
}
