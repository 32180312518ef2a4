using System.Numerics;
using Stepsize.Training.Datasets;
using Stepsize.Training.Options;
using Stepsize.Training.Randomness;
using Stepsize.Training.Theory;
using Stepsize.Training.Workloads.TwoLayer;

namespace Stepsize.Training.Workloads;

/// <summary>
/// f(W, a, x) = Σ_r a_r max(0, w_rᵀx)/√m with the first layer trained from N(0, I) and output weights ±1 fixed, on n points of unit norm with
/// standard normal labels (Wu, Xie, Du and Ward 2022, section 4 and figure 6). The loss is ‖u − y‖²/(2n), the mean; the paper's is
/// ‖u − y‖²/2, so that its η is η/n here. Points and labels depend on the option <c>dataSeed</c> alone; W(0), a and the batches on the run's seed.
/// </summary>
public sealed class TwoLayerRelu : Workload
{
    public override string Id => "two-layer-relu";

    public override string Title => "Two-layer ReLU network, first layer trained";

    public override string Source => "Wu, Xie, Du and Ward (2022), section 4 and figure 6";

    public override string Summary => "A wide network on random points, where theory says how fast training goes: by the eigenvalues of the Gram matrix H∞.";

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
    [
        OptionDefinition.Integer("points", 100, "n, the training points.", 1, 2000),
        OptionDefinition.Integer("dimension", 100, "Numbers of a point.", 2, 10_000),
        OptionDefinition.Integer("width", 1000, "m, the hidden units.", 1, 100_000),
        OptionDefinition.Integer("dataSeed", 0, "Seed of points and labels.", 0),
    ];

    protected override OptionDefinition Precision { get; } =
        Workloads.Precision.DoubleOf(options => (long)options.Integer("width") * options.Integer("dimension"));

    public override int DefaultBatchSize => 100;

    public override int DefaultEpochs => 200;

    public override bool KnowsSmoothness => true;

    public override WorkloadSize Measure(OptionSet options)
    {
        var (points, dimension, width) = (options.Integer("points"), options.Integer("dimension"), options.Integer("width"));
        var parameters = (long)width * dimension;
        return new WorkloadSize(parameters, points, points, parameters, (Workloads.Precision.IsDouble(options, parameters) ? sizeof(double) : sizeof(float)) * (long)width);
    }

    /// <summary>Weights with what training keeps beside them, the activations of all points, and the points.</summary>
    public override MemoryNeed EstimateMemory(OptionSet options, int batchSize)
    {
        var (points, dimension, width) = (options.Integer("points"), options.Integer("dimension"), options.Integer("width"));
        var weights = (double)width * dimension;
        return new MemoryNeed(
            (Workloads.Precision.Bytes(options, (long)width * dimension) * (((MemoryNeed.CopiesOfParameters + 1) * weights) + ((double)width * points))) + (20.0 * points * dimension),
            $"points {points}, dimension {dimension} and width {width}");
    }

    public override Problem Prepare(OptionSet options, DatasetFolders datasets)
    {
        var (dimension, width) = (options.Integer("dimension"), options.Integer("width"));
        var random = new RandomStream(options.Integer("dataSeed"), RandomPurpose.Data);
        var x = new double[options.Integer("points") * dimension];
        var y = new double[options.Integer("points")];
        for (var i = 0; i < y.Length; i++)
        {
            DrawUnit(ref random, x.AsSpan(i * dimension, dimension));
            y[i] = random.NextNormal();
        }

        var gram = InfiniteWidthGram.Of(x, dimension);
        return Workloads.Precision.IsDouble(options, (long)dimension * width) ? Build<double>(x, y, width, gram) : Build<float>(x, y, width, gram);
    }

    private static TwoLayerProblem<T> Build<T>(double[] x, double[] y, int width, InfiniteWidthGram gram)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Array.ConvertAll(x, T.CreateTruncating), Array.ConvertAll(y, T.CreateTruncating), width, gram);

    /// <summary>Uniform on the unit sphere.</summary>
    private static void DrawUnit(ref RandomStream random, Span<double> point)
    {
        for (var j = 0; j < point.Length; j++)
        {
            point[j] = random.NextNormal();
        }

        System.Numerics.Tensors.TensorPrimitives.Divide(point, System.Numerics.Tensors.TensorPrimitives.Norm<double>(point), point);
    }
}
