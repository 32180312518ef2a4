namespace Stepsize.Training.Networks;

/// <summary>Losses of some examples added up, in double whatever the network computes in.</summary>
/// <param name="Loss">Sum of the losses of all predictions.</param>
/// <param name="Correct">Predictions that were right; 0 where nothing is classified.</param>
/// <param name="Predictions">What to divide by for the means.</param>
public readonly record struct LossSums(double Loss, long Correct, long Predictions)
{
    public static LossSums operator +(LossSums a, LossSums b) => new(a.Loss + b.Loss, a.Correct + b.Correct, a.Predictions + b.Predictions);

    public double MeanLoss => Loss / Predictions;

    public double Accuracy => (double)Correct / Predictions;
}
