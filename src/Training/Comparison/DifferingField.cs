namespace Stepsize.Training.Comparison;

/// <summary>Something in which compared sweeps are not the same.</summary>
/// <param name="Name">Such as <c>batch size</c>.</param>
/// <param name="Values">One a sweep, in their order; <see cref="None"/> where a sweep does not have it.</param>
/// <param name="IsProtocol">Whether it changes what a run computes, so that results are not of the same experiment; seeds and machines do not.</param>
public sealed record DifferingField(string Name, IReadOnlyList<string> Values, bool IsProtocol)
{
    public const string None = "–";
}
