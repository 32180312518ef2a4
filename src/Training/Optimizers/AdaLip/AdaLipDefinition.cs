using Stepsize.Training.Faults;
using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers;

/// <summary>What the six forms of AdaLip have in common as definitions.</summary>
public abstract class AdaLipDefinition : OptimizerDefinition
{
    /// <summary>ε of RMSLip's and AdamLip's roots.</summary>
    private protected const double Epsilon = 1e-8;

    /// <summary>A_t from gradients, in LaTeX.</summary>
    private protected const string RateOfGradients =
        @"\ell_t = \frac{\lVert g_{t-1} \rVert}{\lVert g_t - g_{t-1} \rVert + c}, \quad "
        + @"S_t = \gamma S_{t-1} + (1 - \gamma)\, \ell_t, \quad A_t = \alpha_t S_t\ (A_1 = \alpha_1), \qquad ";

    /// <summary>A_t from updates, in LaTeX.</summary>
    private protected const string RateOfUpdates =
        @"\ell_t = \frac{\lVert p_{t-1} \rVert}{\lVert u_t - p_{t-1} \rVert + c}, \quad "
        + @"S_t = \gamma S_{t-1} + (1 - \gamma)\, \ell_t, \quad A_t = \alpha_t S_t\ (A_1 = \alpha_1), \qquad ";

    public override IReadOnlyList<RobustnessAxis> Axes { get; } = [RobustnessAxis.LearningRate];

    public override void Check(OptionSet options, RobustnessAxis axis, string field, FaultList faults) => AdaLipRates.Check(options, field, faults);
}
