using System.Numerics;
using Stepsize.Training.Parameters;
using Stepsize.Training.Theory;

namespace Stepsize.Training.Workloads.TwoLayer;

/// <summary>The first layer of a two-layer ReLU network, trained on n points.</summary>
/// <param name="x">n points of unit norm, one after another.</param>
/// <param name="y">n labels.</param>
internal sealed class TwoLayerProblem<T>(T[] x, T[] y, int width, InfiniteWidthGram gram) : Problem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override ParameterLayout Parameters { get; } = ParameterLayout.Single("weight", width, x.Length / y.Length);

    public override int TrainingExamples => y.Length;

    public override IReadOnlyList<Measure> Measures => [Workloads.Measure.TrainLoss, Workloads.Measure.GradientNorm];

    /// <summary>‖H∞‖/n: the curvature of the loss at initialisation, in the limit of infinite width.</summary>
    public override double? Smoothness => gram.Norm / y.Length;

    /// <summary>As for least squares: residuals are differences of numbers of the size of y, and ‖∇F‖² ≤ 2LF.</summary>
    public override double RoundingFloorOf(Measure measure)
    {
        var residual = RoundingFloor.Of(Math.Sqrt(y.Average(v => double.CreateTruncating(v * v))), ScalarBytes);
        return measure == Workloads.Measure.GradientNorm ? residual * Math.Sqrt(Smoothness!.Value) : 0.5 * residual * residual;
    }

    public override IReadOnlyDictionary<string, double> Constants { get; } =
        new Dictionary<string, double>(StringComparer.Ordinal) { ["λ₀"] = gram.SmallestEigenvalue, ["‖H∞‖"] = gram.Norm };

    public override TrainingStep<T> Compile(int batchSize) => new TwoLayerStep<T>(x, y, width, batchSize);
}
