using Stepsize.Training.Faults;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>How early a sweep's turn is among those that wait: the greater is trained first, of equals the older.</summary>
public static class SweepPriority
{
    public const int Lowest = -100;

    public const int Highest = 100;

    /// <exception cref="InvalidInputException">It is out of range.</exception>
    public static void Check(int priority)
    {
        if (priority is < Lowest or > Highest)
        {
            throw new InvalidInputException("priority", $"{priority} is not allowed; give a whole number from {Lowest} to {Highest}, the greater the earlier.");
        }
    }
}
