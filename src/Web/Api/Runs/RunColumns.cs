using Stepsize.Data.Sweeps;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Api.Http.Rows;

namespace Stepsize.Web.Api.Runs;

/// <summary>What tells runs apart, as the first columns of every table of several runs.</summary>
internal static class RunColumns
{
    public static IReadOnlyList<RowColumn> Keys { get; } =
    [
        RowColumn.Whole("run", "The run's number, which its addresses hold."),
        RowColumn.Whole("row", "Index of its optimizer in the specification, from 0."),
        RowColumn.Text("optimizer", "Id of its optimizer."),
        RowColumn.Text("axis", "What the sweep varies for it: b0 or lr."),
        RowColumn.Number("value", "Its axis value."),
        RowColumn.Whole("seed", "Its seed."),
    ];

    public static void WriteKeys(RowWriter rows, RunRow run, SweepSpecification sweep)
    {
        var grid = sweep.Optimizers[run.Row];
        rows.Whole(run.Id);
        rows.Whole(run.Row);
        rows.Text(grid.Optimizer.Id);
        rows.Text(RobustnessAxisName.Of(grid.Axis));
        rows.Number(run.AxisValue);
        rows.Whole(run.Seed);
    }
}
