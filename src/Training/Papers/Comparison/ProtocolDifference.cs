namespace Stepsize.Training.Papers.Comparison;

/// <summary>One respect in which our runs are not the paper's.</summary>
/// <param name="What">Such as <c>epochs</c>.</param>
/// <param name="Published">The paper's.</param>
/// <param name="Here">Ours.</param>
/// <param name="Disqualifies">Whether the numbers cannot be compared for it; a smaller number of seeds only widens the interval.</param>
public sealed record ProtocolDifference(string What, string Published, string Here, bool Disqualifies)
{
    public override string ToString() => $"{What}: {Published} published, {Here} here";
}
