namespace Stepsize.Training.Workloads;

/// <summary>Gaussian least squares by all 1000 rows at once: the deterministic setting (Ward, Wu and Bottou 2020, figure 2).</summary>
public sealed class LinearRegressionBatch : GaussianLeastSquares
{
    public override string Id => "linreg-batch";

    public override string Title => "Linear regression on Gaussian data, full batch";

    public override string Source => "Ward, Wu and Bottou (2020), figure 2";

    public override string Summary => "Least squares with a solution of zero loss and exact gradients: gradient descent with line search against methods that adapt.";

    public override int DefaultBatchSize => 1000;

    public override int DefaultEpochs => 100;
}
