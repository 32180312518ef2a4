using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public sealed class DeletedCellTests
{
    [Fact]
    public void Long_AllRunsOfTheCellDeleted_SaysSo()
    {
        var sweep = FakeSweep.Of(1, Specifications.Small, finished: 12);
        var (row, value) = (sweep.Runs[0].Row, sweep.Runs[0].AxisValue);

        var view = SweepView.Of(sweep with { Runs = [.. sweep.Runs.Where(r => r.Row != row || r.AxisValue != value)] }, measure: null, moment: null);
        var cell = view.Grids.SelectMany(g => g.Rows).SelectMany(r => r.Cells).Single(c => c.Row == row && c.AxisValue == value);

        Assert.EndsWith("no run: deleted", CellText.Long(view, cell), StringComparison.Ordinal);
    }
}
