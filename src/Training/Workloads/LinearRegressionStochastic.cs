namespace Stepsize.Training.Workloads;

/// <summary>Gaussian least squares by batches of 20 rows (Ward, Wu and Bottou 2020, figure 1; Wu, Xie, Du and Ward 2022, figure 1).</summary>
public sealed class LinearRegressionStochastic : GaussianLeastSquares
{
    public override string Id => "linreg-stochastic";

    public override string Title => "Linear regression on Gaussian data";

    public override string Source => "Ward, Wu and Bottou (2020), figure 1; Wu, Xie, Du and Ward (2022), figure 1";

    public override string Summary => "Least squares with a solution of zero loss, by batches of 20 rows: where a constant stepsize meets its cliff at 2/L.";

    public override int DefaultBatchSize => 20;

    public override int DefaultEpochs => 100;
}
