using System.Numerics;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>
/// An optimizer as people choose it: name, source, formula, options and how to make one. One file each; listing it in
/// <see cref="OptimizerRegistry"/> puts it into the form, the command line, the documentation and the tests.
/// </summary>
public abstract class OptimizerDefinition
{
    /// <summary>Option of every optimizer with the b₀ axis: the numerator η of the stepsize η/b₀.</summary>
    protected static readonly OptionDefinition Eta = OptionDefinition.Number("eta", 1, "η, the numerator of the stepsize.", 0, minimumIsExclusive: true);

    /// <summary>Such as <c>adagrad-norm</c>: never changes once published.</summary>
    public abstract string Id { get; }

    /// <summary>Such as <c>AdaGrad-Norm</c>.</summary>
    public abstract string Title { get; }

    /// <summary>Authors, year and where in the document, such as <c>Ward, Wu and Bottou (2020), algorithm 1</c>.</summary>
    public abstract string Source { get; }

    /// <summary>What it does, in a sentence or two.</summary>
    public abstract string Summary { get; }

    /// <summary>The update in LaTeX, without delimiters.</summary>
    public abstract string Formula { get; }

    /// <summary>Axes it can be swept over, the usual one first.</summary>
    public virtual IReadOnlyList<RobustnessAxis> Axes => [RobustnessAxis.B0];

    public virtual IReadOnlyList<OptionDefinition> Options => [Eta];

    /// <summary>How the initial stepsize s₀ follows from the axis: η/b₀ on b₀ and lr on lr, unless the optimizer says otherwise.</summary>
    public virtual InitialStepsize InitialStepsizeOver(RobustnessAxis axis) =>
        axis == RobustnessAxis.B0 ? Optimizers.InitialStepsize.Quotient : Optimizers.InitialStepsize.LearningRate;

    /// <summary>s₀ of these settings.</summary>
    public double InitialStepsize(OptimizerSettings settings) => InitialStepsizeOver(settings.Axis).Of(settings);

    /// <summary>
    /// s₀ of the default that authors or frameworks give it, whatever the workload: what somebody has who does not tune. Null where there is none.
    /// </summary>
    public virtual double? DefaultStepsizeOver(RobustnessAxis axis) => null;

    /// <summary>Adds a fault for options that do not go together, each alone being allowed.</summary>
    public virtual void Check(OptionSet options, RobustnessAxis axis, string field, FaultList faults)
    {
    }

    /// <summary>A fresh optimizer for parameters of this layout.</summary>
    public abstract Optimizer<T> Create<T>(OptimizerSettings settings, ParameterLayout layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
