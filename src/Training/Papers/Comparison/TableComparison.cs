using Stepsize.Training.Papers.Protocols;

namespace Stepsize.Training.Papers.Comparison;

/// <summary>A published table beside ours.</summary>
/// <param name="Cells">By row, then by column.</param>
public sealed record TableComparison(TableProtocol Protocol, IReadOnlyList<IReadOnlyList<CellComparison>> Cells)
{
    public PaperTable Table => Protocol.Table;

    public int Count(Verdict verdict) => Cells.Sum(r => r.Count(c => c.Verdict == verdict));

    /// <summary>Compares every cell with the runs that match it.</summary>
    public static TableComparison Of(TableProtocol protocol, RunIndex runs) => new(
        protocol,
        [
            .. protocol.Templates.Select((row, r) => (IReadOnlyList<CellComparison>)[
                .. row.Select((template, c) => CellMatcher.Compare(protocol, protocol.Table.Cells[r][c], template, runs)),
            ]),
        ]);
}
