using System.Numerics;
using Stepsize.Training.Datasets;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;
using Stepsize.Training.Theory;

namespace Stepsize.Training.Workloads;

/// <summary>f(x) = c₁ x₁² + c₂ x₂² from a given start (Zhang et al. 2019, section 10.7).</summary>
public sealed class Quadratic2D : Workload
{
    public override string Id => "quadratic-2d";

    public override string Title => "Two-dimensional quadratic";

    public override string Source => "Zhang, Lipton, Li and Smola (2019), section 10.7";

    public override string Summary => "f(x) = 0.1 x₁² + 2 x₂² from (−5, −2): a trajectory that can be drawn.";

    protected override IReadOnlyList<OptionDefinition> OwnOptions { get; } =
    [
        OptionDefinition.Numbers("coefficients", [0.1, 2], "c₁ and c₂ of f(x) = c₁ x₁² + c₂ x₂².", 0, minimumIsExclusive: true),
        OptionDefinition.Numbers("start", [-5, -2], "Where training starts."),
    ];

    protected override OptionDefinition Precision => Workloads.Precision.Double;

    /// <summary>There are no examples.</summary>
    protected override bool HasLastBatch => false;

    public override int DefaultBatchSize => 1;

    public override int DefaultEpochs => 20;

    public override bool KnowsSmoothness => true;

    public override WorkloadSize Measure(OptionSet options) => new(2, 1, 1, 4, 16);

    public override Problem Prepare(OptionSet options, DatasetFolders datasets)
    {
        var (coefficients, start) = (options.Numbers("coefficients"), options.Numbers("start"));
        return Workloads.Precision.IsDouble(options, 2)
            ? new QuadraticProblem<double>(coefficients, start)
            : new QuadraticProblem<float>(coefficients, start);
    }

    private sealed class QuadraticProblem<T>(double[] coefficients, double[] start) : Problem<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override ParameterLayout Parameters { get; } = ParameterLayout.Single("x", 2);

        public override int TrainingExamples => 1;

        public override IReadOnlyList<Measure> Measures => [Workloads.Measure.TrainLoss, Workloads.Measure.GradientNorm];

        public override double? Smoothness => 2 * coefficients.Max();

        public override QuadraticSpectrum? Spectrum(int seed)
        {
            var top = coefficients[0] >= coefficients[1] ? 0 : 1;
            return new QuadraticSpectrum(2 * coefficients[top], 2 * coefficients[1 - top], start[top] * start[top], ReachesZero: true);
        }

        public override TrainingStep<T> Compile(int batchSize) => new Step<T>(
            [.. coefficients.Select(T.CreateTruncating)], [.. start.Select(T.CreateTruncating)]);
    }

    private sealed class Step<T>(T[] coefficients, T[] start) : TrainingStep<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Initialise(int seed, Span<T> parameters) => start.CopyTo(parameters);

        public override BatchResult Run(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, Span<T> gradient, int iteration)
        {
            Differentiate(parameters, gradient);
            return new BatchResult(Value(parameters), double.NaN);
        }

        public override double Loss(ReadOnlySpan<int> examples, ReadOnlySpan<T> parameters, int iteration) => Value(parameters);

        public override Evaluation Evaluate(ReadOnlySpan<T> parameters, CancellationToken cancellation)
        {
            Span<T> gradient = stackalloc T[2];
            Differentiate(parameters, gradient);
            return new Evaluation(Value(parameters), GradientNorm: double.Hypot(double.CreateTruncating(gradient[0]), double.CreateTruncating(gradient[1])));
        }

        private double Value(ReadOnlySpan<T> x) => double.CreateTruncating((coefficients[0] * x[0] * x[0]) + (coefficients[1] * x[1] * x[1]));

        private void Differentiate(ReadOnlySpan<T> x, Span<T> gradient)
        {
            var two = T.One + T.One;
            gradient[0] = two * coefficients[0] * x[0];
            gradient[1] = two * coefficients[1] * x[1];
        }
    }
}
