using System.Numerics;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>Least squares F(x) = ‖Ax − y‖²/(2m) by mini-batches of rows.</summary>
/// <param name="initialise">Draws x₀ for a seed.</param>
internal sealed class LeastSquaresProblem<T>(LeastSquaresData<T> data, Func<int, double[]> initialise) : Problem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override ParameterLayout Parameters { get; } = ParameterLayout.Single("x", data.Columns);

    public override int TrainingExamples => data.Rows;

    public override IReadOnlyList<Measure> Measures => [Workloads.Measure.GradientNorm, Workloads.Measure.TrainLoss];

    public override double? Smoothness => data.Smoothness;

    public override TrainingStep<T> Compile(int batchSize) => new LeastSquaresStep<T>(data, initialise);
}
