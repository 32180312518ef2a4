using Stepsize.Training.Analysis;
using Stepsize.Web.Views.Sweeps;

namespace Stepsize.Web.Views.Text;

/// <summary>Cells of effective stepsizes in words.</summary>
internal static class StepsizeText
{
    /// <summary>As a table prints it: the number, with the seeds that diverged beside it; <c>div</c> where all did, a dash where no run came so far.</summary>
    public static string Short(StepsizeCell cell) => (cell.Seeds, cell.Diverged) switch
    {
        (0, > 0) => "div",
        (0, _) => "–",
        (_, 0) => NumberText.Short(cell.Center),
        _ => $"{NumberText.Short(cell.Center)} ({cell.Diverged} div)",
    };

    /// <summary>For those who cannot see the picture.</summary>
    public static string Long(StepsizeView view, StepsizeGrid grid, StepsizeCell cell) =>
        $"{view.View.RowTitles[cell.Row]}, {SweepView.AxisTitle(grid.Axis)} = {NumberText.Axis(cell.AxisValue)}: "
        + (cell.Seeds == 0 ? "no value" : $"effective stepsize {NumberText.Short(cell.Center)}, {cell.Seeds} {(cell.Seeds == 1 ? "seed" : "seeds")} from {NumberText.Short(cell.Low)} to {NumberText.Short(cell.High)}")
        + (cell.Diverged > 0 ? $", {cell.Diverged} diverged" : "")
        + (cell.Missing > 0 ? $", {cell.Missing} did not come so far" : "");
}
