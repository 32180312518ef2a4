using MathNet.Numerics.LinearAlgebra;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads;
using Stepsize.Training.Workloads.Regression;
using Xunit;

namespace Stepsize.Training.Tests.Regression;

public sealed class LeastSquaresTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 7)]
    [InlineData(9, 37, 6)]
    [InlineData(20, 64, 13)]
    public void Run_AnyShape_LossAndGradientAgreeWithTheFormula(int rows, int columns, int batch)
    {
        var (a, y, x) = Draw(rows, columns);
        var step = new LeastSquaresStep<double>(new LeastSquaresData<double>(a, y), _ => x);
        int[] examples = [.. Enumerable.Range(0, batch).Select(i => (i * 3) % rows)];
        var gradient = new double[columns];
        var result = step.Run(examples, x, gradient, 1);

        var expected = new double[columns];
        var loss = 0.0;
        foreach (var i in examples)
        {
            var residual = -y[i];
            for (var j = 0; j < columns; j++)
            {
                residual += a[(i * columns) + j] * x[j];
            }

            loss += residual * residual / (2 * batch);
            for (var j = 0; j < columns; j++)
            {
                expected[j] += residual * a[(i * columns) + j] / batch;
            }
        }

        Assert.Equal(loss, result.Loss, 1e-12 * loss);
        Assert.Equal(loss, step.Loss(examples, x, 1), 1e-12 * loss);
        Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
    }

    [Fact]
    public void Run_Float_AgreesWithDouble()
    {
        var (a, y, x) = Draw(40, 133);
        var exact = new double[133];
        var single = new float[133];
        int[] examples = [.. Enumerable.Range(0, 18)];
        var expected = new LeastSquaresStep<double>(new LeastSquaresData<double>(a, y), _ => x).Run(examples, x, exact, 1);
        var step = new LeastSquaresStep<float>(new LeastSquaresData<float>(Single(a), Single(y)), _ => x);
        var actual = step.Run(examples, Single(x), single, 1);
        Assert.Equal(expected.Loss, actual.Loss, 1e-4 * expected.Loss);
        Assert.All(exact.Zip(single), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Fact]
    public void Smoothness_AgreesWithTheEigenvaluesOfTheGramMatrix()
    {
        var (a, y, _) = Draw(30, 12);
        var matrix = Matrix<double>.Build.Dense(30, 12, (i, j) => a[(i * 12) + j]);
        var largest = (matrix.TransposeThisAndMultiply(matrix) / 30).Evd(Symmetricity.Symmetric).EigenValues.Max(e => e.Real);
        Assert.Equal(largest, new LeastSquaresData<double>(a, y).Smoothness, 1e-6 * largest);
    }

    [Fact]
    public void Curvature_OfABatch_AgreesWithTheEigenvaluesOfItsRows()
    {
        var (a, y, _) = Draw(30, 12);
        int[] rows = [3, 7, 8, 21, 29];
        var matrix = Matrix<double>.Build.Dense(5, 12, (i, j) => a[(rows[i] * 12) + j]);
        var largest = (matrix.TransposeThisAndMultiply(matrix) / 5).Evd(Symmetricity.Symmetric).EigenValues.Max(e => e.Real);

        Assert.Equal(largest, new LeastSquaresData<double>(a, y).Curvature(rows), 1e-3 * largest);
    }

    [Fact]
    public void BatchCurvature_GaussianRows_IsSteeperThanTheWholeSetAsRandomMatricesHaveIt()
    {
        var workload = WorkloadRegistry.Find("linreg-stochastic")!;
        var problem = workload.Prepare(OptionSet.Resolve(workload.Options, null, "workloadOptions", new FaultList()), new DatasetFolders([]));

        var batch = problem.BatchCurvature(20, seed: 0)!;

        // The largest eigenvalue of AᵀA/n for n × d standard normal A is about (√d + √n)²/n: 5.8 for all 1,000 rows of 2,000, 121 for 20 of them.
        Assert.Equal(5.83, problem.Smoothness!.Value, 0.1);
        Assert.Equal(50, batch.Batches);
        Assert.Equal(121, batch.Mean, 5.0);
        Assert.InRange(batch.Mean, batch.Smallest, batch.Largest);
        Assert.Null(problem.BatchCurvature(1000, seed: 0));
    }

    private static (double[] A, double[] Y, double[] X) Draw(int rows, int columns)
    {
        var random = new RandomStream(rows, RandomPurpose.Data, columns);
        var a = Enumerable.Range(0, rows * columns).Select(_ => random.NextNormal()).ToArray();
        var y = Enumerable.Range(0, rows).Select(_ => random.NextNormal()).ToArray();
        return (a, y, [.. Enumerable.Range(0, columns).Select(_ => random.NextNormal())]);
    }

    private static float[] Single(double[] values) => Array.ConvertAll(values, v => (float)v);
}
