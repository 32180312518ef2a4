namespace Stepsize.Training.Networks;

/// <summary>Losses of some examples added up, in double whatever the network computes in.</summary>
/// <param name="Loss">Sum of the losses of all predictions.</param>
/// <param name="Correct">Predictions that were right; 0 where nothing is classified.</param>
/// <param name="Predictions">What to divide by for the means.</param>
/// <param name="CorrectInFive">Predictions whose true class is among the five largest scores; 0 where they are not counted.</param>
public readonly record struct LossSums(double Loss, long Correct, long Predictions, long CorrectInFive = 0)
{
    public static LossSums operator +(LossSums a, LossSums b) =>
        new(a.Loss + b.Loss, a.Correct + b.Correct, a.Predictions + b.Predictions, a.CorrectInFive + b.CorrectInFive);

    public double MeanLoss => Loss / Predictions;

    public double Accuracy => (double)Correct / Predictions;

    public double TopFiveAccuracy => (double)CorrectInFive / Predictions;
}
