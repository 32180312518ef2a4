namespace Stepsize.Training.Faults;

/// <summary>Input that cannot be used, with every fault found. The message is fit to be shown to the person who gave it.</summary>
public sealed class InvalidInputException : Exception
{
    /// <param name="faults">Those that are named.</param>
    /// <param name="unnamed">How many more there are.</param>
    public InvalidInputException(IReadOnlyList<Fault> faults, int unnamed = 0)
        : base(string.Join(Environment.NewLine, unnamed == 0 ? faults : [.. faults, Rest(unnamed)])) => (Faults, Unnamed) = (faults, unnamed);

    public InvalidInputException(string field, string message)
        : this([new Fault(field, message)])
    {
    }

    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Faults beyond <see cref="Faults"/>, which were counted only.</summary>
    public int Unnamed { get; }

    /// <summary>What stands for the faults that are not named.</summary>
    public static Fault Rest(int unnamed) => new("", $"And {unnamed} more.");
}
