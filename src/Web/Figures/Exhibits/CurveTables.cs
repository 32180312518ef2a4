using Stepsize.Data.Metrics;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Curves;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>Many curves as tables.</summary>
internal static class CurveTables
{
    /// <summary>What a reader wants to know of each line.</summary>
    public static DataTable Shown(string title, MetricColumn column, IReadOnlyList<CurveLine> lines) => new(
        title,
        [new DataColumn("line", ColumnKind.Text), new DataColumn("seeds"), new DataColumn("first"), new DataColumn("last"), new DataColumn("smallest"), new DataColumn("largest"), new DataColumn("first not finite")],
        [
            .. lines.Select(line =>
            {
                double[] finite = [.. line.Raw.SelectMany(p => new[] { p.Low, p.High }).Where(double.IsFinite)];
                return (IReadOnlyList<DataCell>)[
                    new DataCell(line.Label), DataCell.Count(line.Seeds), Number(line.Raw.Count > 0 ? line.Raw[0].Low : null), Number(line.Raw.Count > 0 ? line.Raw[^1].Low : null),
                    Number(finite.Length > 0 ? finite.Min() : null), Number(finite.Length > 0 ? finite.Max() : null),
                    line.FirstNonFinite is { } bad ? DataCell.Count(bad) : DataCell.Empty,
                ];
            }),
        ],
        column == MetricColumn.Stepsize ? "Where an optimizer has many stepsizes, their median." : "");

    /// <summary>Every point that is drawn.</summary>
    public static DataTable Data(string title, MetricColumn column, CurveSubject subject, IReadOnlyList<CurveLine> lines)
    {
        var name = column.ToString().ToLowerInvariant() + (column == MetricColumn.Accuracy ? " in per cent" : "");
        return new DataTable(
            title,
            [
                new DataColumn("sweep"), new DataColumn("optimizer", ColumnKind.Text), new DataColumn("axis", ColumnKind.Text), new DataColumn("value"), new DataColumn("line", ColumnKind.Text),
                new DataColumn("iteration"), new DataColumn($"smallest {name}"), new DataColumn($"largest {name}"), new DataColumn("band from"), new DataColumn("band to"),
            ],
            [
                .. lines.SelectMany(line =>
                {
                    var family = subject.Families[line.Family];
                    return line.Raw.Select(p => (IReadOnlyList<DataCell>)[
                        DataCell.Count(family.Sweep), new DataCell(family.Title), new DataCell(SweepTables.AxisName(family.Axis)), new DataCell("", family.Values[line.Value]), new DataCell(line.Label),
                        DataCell.Count(p.Iteration), new DataCell("", p.Low), new DataCell("", p.High), Band(p.BandLow), Band(p.BandHigh),
                    ]);
                }),
            ]);
    }

    private static DataCell Number(double? value) => value is { } number ? new DataCell(NumberText.Short(number), number) : DataCell.Empty;

    private static DataCell Band(double value) => double.IsNaN(value) ? DataCell.Empty : new DataCell("", value);
}
