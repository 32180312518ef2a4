using Stepsize.Training.Analysis;
using Stepsize.Training.Robustness;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>Width against tolerance: how robust each optimizer is, whatever counts as trained.</summary>
internal static class ProfileExhibit
{
    public static Exhibit Of(SweepView view)
    {
        var profile = view.Robustness.Study.Profile;
        var caption = $"Decades of the initial stepsize around each row's best in which {MeasureText.Title(view.Measure)}, {view.When}, stays within a tolerance; "
            + "full lines against the row's own best, faint ones against the best of all rows";
        var figure = new LineFigure
        {
            Title = view.Detail.Summary.Name,
            Caption = caption,
            Description = $"Width in decades against the tolerance for {string.Join("; ", profile.Rows.Select(r => view.RowTitles[r.Row]))}. The numbers are in the table of the same data.",
            X = new FigureAxis(ProfileText.ToleranceTitle(view.Measure), profile.Tolerances[0].Value, profile.Tolerances[^1].Value, !view.Measure.IsAccuracy()),
            Y = new FigureAxis("width, decades", 0, ProfileText.Widest(profile), false),
            Lines = [.. profile.Rows.SelectMany(r => new[] { Line(view, profile, r, r.Widths, isFaint: true), Line(view, profile, r, r.OwnWidths, isFaint: false) })],
        };
        return new Exhibit(
            Exhibit.Slug(view.Detail.Summary.Name, "tolerance-profile", MeasureText.Slug(view.Measure), view.WhenSlug), LineFigureSvg.Render(figure), Shown(view, caption), Data(view));
    }

    private static FigureLine Line(SweepView view, ToleranceProfile profile, ProfileRow row, IReadOnlyList<RobustBand?> widths, bool isFaint) => new(
        isFaint ? "" : view.RowTitles[row.Row],
        row.Row,
        [[.. widths.Index().Where(w => w.Item is not null).Select(w => new FigurePoint(profile.Tolerances[w.Index].Value, w.Item!.Decades))]],
        [],
        HasMarkers: false)
    {
        IsFaint = isFaint,
    };

    private static DataTable Shown(SweepView view, string caption)
    {
        var profile = view.Robustness.Study.Profile;
        var printed = ProfileText.Printed(profile);
        return new DataTable(
            $"{view.Detail.Summary.Name}: width in decades by tolerance, {MeasureText.Title(view.Measure)}, {view.When}",
            [
                new DataColumn("optimizer", ColumnKind.Text), new DataColumn("against", ColumnKind.Text),
                .. printed.Select(i => new DataColumn(ToleranceText.Short(profile.Tolerances[i]))),
            ],
            [
                .. Widths(profile).Select(w => (IReadOnlyList<DataCell>)[
                    new DataCell(view.RowTitles[w.Row]), new DataCell(w.Reference),
                    .. printed.Select(i => w.Widths[i] is { } band ? new DataCell(NumberText.Decades(band), band.Decades) : new DataCell("none", 0)),
                ]),
            ],
            caption + ".");
    }

    private static DataTable Data(SweepView view)
    {
        var profile = view.Robustness.Study.Profile;
        return new DataTable(
            $"{view.Detail.Summary.Name}: width in decades by tolerance",
            [
                new DataColumn("optimizer", ColumnKind.Text), new DataColumn("against", ColumnKind.Text), new DataColumn("measure", ColumnKind.Text),
                new DataColumn("tolerance"), new DataColumn("width"), new DataColumn("isAtLeast", ColumnKind.Text),
            ],
            [
                .. from w in Widths(profile)
                   from point in w.Widths.Index()
                   select (IReadOnlyList<DataCell>)[
                       new DataCell(view.RowTitles[w.Row]), new DataCell(w.Reference), new DataCell(MeasureText.Title(view.Measure)),
                       new DataCell(NumberText.Axis(profile.Tolerances[point.Index].Value), profile.Tolerances[point.Index].Value),
                       point.Item is { } band ? new DataCell(NumberText.Decades(band), band.Decades) : new DataCell("none", 0),
                       new DataCell(point.Item is { IsAtLeast: true } ? "yes" : "no"),
                   ],
            ]);
    }

    private static IEnumerable<(int Row, string Reference, IReadOnlyList<RobustBand?> Widths)> Widths(ToleranceProfile profile) =>
        profile.Rows.SelectMany(r => new[] { (r.Row, "own", r.OwnWidths), (r.Row, "all", r.Widths) });
}
