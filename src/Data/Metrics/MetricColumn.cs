namespace Stepsize.Data.Metrics;

/// <summary>What is stored for every iteration.</summary>
public enum MetricColumn
{
    Loss,
    Accuracy,
    Stepsize,
}
