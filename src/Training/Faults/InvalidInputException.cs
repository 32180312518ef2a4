namespace Stepsize.Training.Faults;

/// <summary>Input that cannot be used, with every fault found. The message is fit to be shown to the person who gave it.</summary>
public sealed class InvalidInputException : Exception
{
    public InvalidInputException(IReadOnlyList<Fault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    public InvalidInputException(string field, string message)
        : this([new Fault(field, message)])
    {
    }

    public IReadOnlyList<Fault> Faults { get; }
}
