using System.Numerics;
using Stepsize.Training.Datasets;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;
using Stepsize.Training.Workloads.Regression;

namespace Stepsize.Training.Workloads;

/// <summary>
/// F(x) = ‖Ax − y‖²/(2m) with A and x* standard normal, y = Ax*, x₀ uniform on [0, 1] (Ward, Wu and Bottou 2020, figures 1 and 2; Wu, Xie, Du
/// and Ward 2022, figure 1). A and x* depend on the option <c>dataSeed</c> alone, x₀ and the batches on the run's seed.
/// </summary>
public abstract class GaussianLeastSquares : Workload
{
    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
    [
        OptionDefinition.Integer("rows", 1000, "m, the rows of A: training examples.", 1, 100_000),
        OptionDefinition.Integer("columns", 2000, "The columns of A: parameters.", 1, 100_000),
        OptionDefinition.Integer("dataSeed", 0, "Seed of A and x*.", 0),
    ];

    protected override OptionDefinition Precision { get; } = Workloads.Precision.DoubleOf(options => options.Integer("columns"));

    public override bool KnowsSmoothness => true;

    /// <summary>There is a solution of zero loss: the figures show the norm of the gradient.</summary>
    public override Measure? LeadingMeasure => Workloads.Measure.GradientNorm;

    public override WorkloadSize Measure(OptionSet options)
    {
        var (rows, columns) = (options.Integer("rows"), options.Integer("columns"));
        return new WorkloadSize(columns, rows, rows, columns, 0);
    }

    /// <summary>A as it is drawn, A by rows that begin at cache lines, and once more for the lines 2/L.</summary>
    public override MemoryNeed EstimateMemory(OptionSet options, int batchSize)
    {
        var (rows, columns) = (options.Integer("rows"), options.Integer("columns"));
        return new MemoryNeed(3.0 * Workloads.Precision.Bytes(options, columns) * rows * columns, $"rows {rows} × columns {columns}");
    }

    public override Problem Prepare(OptionSet options, DatasetFolders datasets) =>
        Workloads.Precision.IsDouble(options, options.Integer("columns")) ? Prepare<double>(options) : Prepare<float>(options);

    private static LeastSquaresProblem<T> Prepare<T>(OptionSet options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (rows, columns, seed) = (options.Integer("rows"), options.Integer("columns"), options.Integer("dataSeed"));
        var solution = Draw(columns, new RandomStream(seed, RandomPurpose.Data, 0), static (ref RandomStream r) => r.NextNormal());
        var random = new RandomStream(seed, RandomPurpose.Data, 1);
        var a = GC.AllocateUninitializedArray<T>(checked(rows * columns), pinned: true);
        var y = new T[rows];
        for (var i = 0; i < rows; i++)
        {
            var product = 0.0;
            for (var j = 0; j < columns; j++)
            {
                var value = random.NextNormal();
                a[(i * columns) + j] = T.CreateTruncating(value);
                product += value * solution[j];
            }

            y[i] = T.CreateTruncating(product);
        }

        return new LeastSquaresProblem<T>(
            new LeastSquaresData<T>(a, y),
            start => Draw(columns, new RandomStream(start, RandomPurpose.Initialisation), static (ref RandomStream r) => r.NextUniform()))
        {
            Interpolates = true,
        };
    }

    private delegate double Drawing(ref RandomStream random);

    private static double[] Draw(int count, RandomStream random, Drawing draw)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = draw(ref random);
        }

        return values;
    }
}
