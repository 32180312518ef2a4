using Stepsize.Training.Robustness;
using Stepsize.Web.Figures.Tables;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>One statistic of the summary of robustness, declared once for page, exports, reports, API and command line.</summary>
/// <param name="Name">For programs, in camelCase.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">What it is, as a sentence.</param>
/// <param name="Text">As people read it.</param>
/// <param name="Number">In full; null where there is none.</param>
/// <param name="Interval">Its 95% interval by bootstrap over seeds as people read it; empty where there is none.</param>
public sealed record SummaryColumn(
    string Name, string Title, string Description, Func<RobustnessRow, string> Text, Func<RobustnessRow, double?> Number, Func<RobustnessRow, string> Interval)
{
    public DataCell Cell(RobustnessRow row) => new(Text(row) + (Interval(row) is { Length: > 0 } interval ? $" {interval}" : ""), Number(row));
}
