namespace Stepsize.Training.Workloads;

/// <summary>What one mini-batch gave, at the parameters before the step.</summary>
/// <param name="Loss">Mean loss.</param>
/// <param name="Accuracy">Share of examples classified right, in [0, 1]; NaN where nothing is classified.</param>
public readonly record struct BatchResult(double Loss, double Accuracy);
