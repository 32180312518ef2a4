namespace Stepsize.Training.Optimizers;

/// <summary>The axis as specifications, addresses and tables write it.</summary>
public static class RobustnessAxisName
{
    public static string Of(RobustnessAxis axis) => axis == RobustnessAxis.B0 ? "b0" : "lr";

    public static RobustnessAxis? Parse(string? text) => text switch
    {
        "b0" => RobustnessAxis.B0,
        "lr" => RobustnessAxis.LearningRate,
        _ => null,
    };
}
