using System.Numerics;
using Stepsize.Training.Datasets;
using Stepsize.Training.Options;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Workloads;

/// <summary>f(x) = c₁ x₁² + c₂ x₂² from a given start, in double (Zhang et al. 2019, section 10.7).</summary>
public sealed class Quadratic2D : Workload
{
    public override string Id => "quadratic-2d";

    public override string Title => "Two-dimensional quadratic";

    public override string Source => "Zhang, Lipton, Li and Smola (2019), section 10.7";

    public override string Summary => "f(x) = 0.1 x₁² + 2 x₂² from (−5, −2): a trajectory that can be drawn.";

    public override IReadOnlyList<OptionDefinition> Options { get; } =
    [
        OptionDefinition.Numbers("coefficients", [0.1, 2], "c₁ and c₂ of f(x) = c₁ x₁² + c₂ x₂².", 0, minimumIsExclusive: true),
        OptionDefinition.Numbers("start", [-5, -2], "Where training starts."),
    ];

    public override int DefaultBatchSize => 1;

    public override int DefaultEpochs => 20;

    public override bool KnowsSmoothness => true;

    public override WorkloadSize Measure(OptionSet options) => new(2, 1, 1, 4, 16);

    public override Problem Prepare(OptionSet options, DatasetFolders datasets) =>
        new QuadraticProblem(options.Numbers("coefficients"), options.Numbers("start"));

    private sealed class QuadraticProblem(double[] coefficients, double[] start) : Problem<double>
    {
        public override ParameterLayout Parameters { get; } = ParameterLayout.Single("x", 2);

        public override int TrainingExamples => 1;

        public override IReadOnlyList<Measure> Measures => [Workloads.Measure.TrainLoss, Workloads.Measure.GradientNorm];

        public override double? Smoothness => 2 * coefficients.Max();

        public override TrainingStep<double> Compile(int batchSize) => new Step(coefficients, start);
    }

    private sealed class Step(double[] coefficients, double[] start) : TrainingStep<double>
    {
        public override void Initialise(int seed, Span<double> parameters) => start.CopyTo(parameters);

        public override BatchResult Run(ReadOnlySpan<int> examples, ReadOnlySpan<double> parameters, Span<double> gradient, int iteration)
        {
            Differentiate(parameters, gradient);
            return new BatchResult(Value(parameters), double.NaN);
        }

        public override double Loss(ReadOnlySpan<int> examples, ReadOnlySpan<double> parameters, int iteration) => Value(parameters);

        public override Evaluation Evaluate(ReadOnlySpan<double> parameters, CancellationToken cancellation)
        {
            Span<double> gradient = stackalloc double[2];
            Differentiate(parameters, gradient);
            return new Evaluation(Value(parameters), GradientNorm: double.Hypot(gradient[0], gradient[1]));
        }

        private double Value(ReadOnlySpan<double> x) => (coefficients[0] * x[0] * x[0]) + (coefficients[1] * x[1] * x[1]);

        private void Differentiate(ReadOnlySpan<double> x, Span<double> gradient)
        {
            gradient[0] = 2 * coefficients[0] * x[0];
            gradient[1] = 2 * coefficients[1] * x[1];
        }
    }
}
