using Microsoft.AspNetCore.Components;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Components.Papers;

/// <summary>A published table with our numbers.</summary>
public sealed partial class PublishedTable
{
    private PaperColors _colors = null!;
    private CellComparison? _first;

    [Parameter, EditorRequired]
    public required TableComparison Comparison { get; set; }

    private TableProtocol Protocol => Comparison.Protocol;

    private PaperTable Table => Comparison.Table;

    private bool HasOurs => _first is not null;

    private string Caption =>
        Table.Metric + (Table.Unit == TableUnit.Percent ? ", %" : "")
        + (HasOurs ? ". Above as published, below ours ± 95% interval over seeds, with the difference and the verdict." : ". As published; nothing was run here yet.");

    protected override void OnParametersSet()
    {
        _colors = new PaperColors(Comparison);
        _first = Comparison.Cells.SelectMany(r => r).FirstOrDefault(c => c.Ours is not null);
    }

    private string Long(int row, int column, CellComparison cell)
    {
        var published = cell.Published.Mean is null ? "no number" : PaperNumber.Published(Protocol, cell.Published) + PaperNumber.Unit(Table.Unit);
        return $"{Table.Rows[row]}, {Table.Columns[column]}: published {published}, here {PaperNumber.Ours(Protocol, cell.Ours!.Value)}{PaperNumber.Unit(Table.Unit)}, "
            + $"{VerdictText.Of(cell.Verdict)}: {string.Join("; ", [cell.Reason, .. cell.Remarks])}. Open the sweep.";
    }
}
