namespace Stepsize.Training.Faults;

/// <summary>One thing that is wrong with what a person gave: where, and what to do about it.</summary>
/// <param name="Field">Path of the field, such as <c>optimizers[0].values[2]</c>; empty when the whole is meant.</param>
/// <param name="Message">A sentence that names what was given, what is allowed and what to do.</param>
public sealed record Fault(string Field, string Message)
{
    public override string ToString() => Field.Length == 0 ? Message : $"{Field}: {Message}";
}
