using System.Numerics;
using Stepsize.Training.Parameters;
using Stepsize.Training.Randomness;
using Stepsize.Training.Theory;

namespace Stepsize.Training.Workloads.Regression;

/// <summary>Least squares F(x) = ‖Ax − y‖²/(2m) by mini-batches of rows.</summary>
/// <param name="initialise">Draws x₀ for a seed.</param>
internal sealed class LeastSquaresProblem<T>(LeastSquaresData<T> data, Func<int, double[]> initialise) : Problem<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Batches whose curvature is computed: their spread is small, and a line needs no more.</summary>
    private const int MostBatches = 50;

    /// <summary>How the columns are named and grouped; one tensor x where nothing else is given.</summary>
    public ParameterLayout Layout { get; init; } = ParameterLayout.Single("x", data.Columns);

    /// <summary>Rows that are not trained on, measured by the same loss.</summary>
    public LeastSquaresData<T>? Test { get; init; }

    /// <summary>SHA-256 of the files that the rows come from, by name.</summary>
    public IReadOnlyDictionary<string, string> Checksums { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public override ParameterLayout Parameters => Layout;

    public override int TrainingExamples => data.Rows;

    /// <summary>Whether there is a solution of zero loss, so that the gradient norm says how far training came: else the loss does.</summary>
    public bool Interpolates { get; init; }

    public override IReadOnlyList<Measure> Measures => Interpolates
        ? [Workloads.Measure.GradientNorm, Workloads.Measure.TrainLoss]
        : [.. Test is null ? [] : new[] { Workloads.Measure.TestLoss }, Workloads.Measure.TrainLoss, Workloads.Measure.GradientNorm];

    public override double? Smoothness => data.Smoothness;

    /// <summary>
    /// Residuals are differences of numbers of the size of y. With δ the floor of one, the loss' is δ²/2, and the gradient's, for residuals that are rounded
    /// independently, δ‖A‖/m in the Frobenius norm.
    /// </summary>
    public override double RoundingFloorOf(Measure measure)
    {
        var residual = RoundingFloor.Of(data.TargetSize, ScalarBytes);
        return measure == Workloads.Measure.GradientNorm ? residual * data.FrobeniusNorm / data.Rows : 0.5 * residual * residual;
    }

    public override BatchCurvature? BatchCurvature(int batchSize, int seed)
    {
        if (batchSize < 1 || batchSize >= data.Rows)
        {
            return null;
        }

        var order = new BatchOrder(data.Rows, batchSize, seed);
        double[] curvatures = [.. Enumerable.Range(1, Math.Min(order.IterationsPerEpoch, MostBatches)).Select(i => data.Curvature(order.Examples(i)))];
        return new BatchCurvature(batchSize, curvatures.Length, curvatures.Average(), curvatures.Min(), curvatures.Max());
    }

    public override QuadraticSpectrum? Spectrum(int seed) => LeastSquaresSpectrum.Of(data, initialise(seed), Interpolates);

    public override IReadOnlyDictionary<string, string> DataChecksums => Checksums;

    public override int LockstepWidth => LeastSquaresLockstep<T>.Width;

    public override TrainingStep<T> Compile(int batchSize) => new LeastSquaresStep<T>(data, initialise, Test);

    public override Lockstep<T> CompileLockstep(int batchSize, int runs) => new LeastSquaresLockstep<T>(data, runs);
}
