namespace Stepsize.Training.Papers.Protocols;

/// <summary>How a published table's cells are made of runs: what matches stored sweeps to it, and what is launched for it.</summary>
public sealed record TableProtocol
{
    public required PaperTable Table { get; init; }

    /// <summary>Decimals that the table prints.</summary>
    public required int Decimals { get; init; }

    /// <summary>One a cell: by row, then by column.</summary>
    public required IReadOnlyList<IReadOnlyList<CellTemplate>> Templates { get; init; }

    /// <summary>Where what is launched here departs from the paper, or the paper does not say, one sentence each.</summary>
    public required IReadOnlyList<string> Departures { get; init; }

    /// <summary>Half a unit of the last printed digit: how far a number may be from what is printed of it.</summary>
    public double Rounding => 0.5 * Math.Pow(10, -Decimals);

    /// <summary>Workloads of its cells.</summary>
    public IReadOnlyList<string> Workloads => [.. Templates.SelectMany(r => r).Select(t => t.Workload).Where(w => w.Length > 0).Distinct()];
}
