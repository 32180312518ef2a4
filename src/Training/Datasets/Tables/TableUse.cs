namespace Stepsize.Training.Datasets.Tables;

/// <summary>What of a table is learned from, and what is predicted, as places among its columns.</summary>
internal sealed record TableUse(int Target, IReadOnlyList<int> Features)
{
    public IEnumerable<int> All => Features.Append(Target);
}
