using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Stepsize.Training.Papers;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Web.Components.Sweep;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Figures.Tables;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Figures;

public partial class ExhibitTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly SweepView View = Specifications.View(FakeSweep.Of(1, Specifications.Small, finished: 12));

    [Fact]
    public void Heatmap_FinishedSweep_PrintsTheNumbersThatThePagePrints()
    {
        var exhibit = HeatmapExhibit.Of(View, View.Grids[0], marks: null);
        var texts = Texts(exhibit.Svg);

        foreach (var cell in View.Grids[0].Rows.SelectMany(r => r.Cells))
        {
            Assert.Contains(CellText.Short(View, cell), texts);
        }

        Assert.Contains("div", texts);
        Assert.Contains("test accuracy, %, end of training, by b₀, mean of 2 seeds ± 95% Student t interval", string.Join(' ', texts), StringComparison.Ordinal);
        Assert.StartsWith("Heatmap of test accuracy, end of training: 2 optimizers by 3 values of b₀. Best: ", Root(exhibit.Svg).Element(Svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Equal(6, exhibit.Data.Rows.Count);
        Assert.Equal(2, exhibit.Shown.Rows.Count);
    }

    [Fact]
    public void Heatmap_NameWithMarkup_IsTextAndInTheTitle()
    {
        var root = Root(HeatmapExhibit.Of(View, View.Grids[0], marks: null).Svg);

        Assert.Equal("Small <b>sweep</b> & more", root.Element(Svg + "title")!.Value);
        Assert.Equal("Small <b>sweep</b> & more", root.Attribute("aria-label")!.Value);
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.All(root.DescendantsAndSelf(), e => Assert.Contains(e.Name.LocalName, Allowed));
    }

    [Theory]
    [InlineData("</title><script>alert(1)</script>")]
    [InlineData("\" onload=\"alert(1)")]
    [InlineData("]]><x/>\u0000\u0008\ud800")]
    public void AnyDrawing_HostileTexts_HoldsNothingButText(string hostile)
    {
        var figure = new LineFigure
        {
            Title = hostile,
            Caption = hostile,
            Description = hostile,
            X = new FigureAxis(hostile, 1, 10, true),
            Y = new FigureAxis(hostile, 0, 1, false),
            Lines = [new FigureLine(hostile, 0, [[new FigurePoint(1, 0.5), new FigurePoint(10, 0.7)]], [], true)],
            Marks = [new FigureMark(2, hostile)],
        };
        var table = new DataTable(hostile, [new DataColumn(hostile, ColumnKind.Text)], [[new DataCell(hostile)]], hostile);

        foreach (var root in new[] { Root(LineFigureSvg.Render(figure)), Root(TableSvg.Render(table, hostile)) })
        {
            Assert.All(root.DescendantsAndSelf(), e => Assert.Contains(e.Name.LocalName, Allowed));
            Assert.All(root.DescendantsAndSelf().Attributes(), a => Assert.False(a.Name.LocalName.StartsWith("on", StringComparison.Ordinal), a.Name.LocalName));
        }
    }

    [Fact]
    public void Curves_DivergedCell_IsACrossAndEndsTheLine()
    {
        var root = Root(RobustnessExhibit.Of(View, View.Grids[0], marks: null).Svg);

        // SGD diverges at 0.01 and has two other values, AdaGrad-Norm has three; the key repeats the cross.
        Assert.Equal([2, 3], root.Elements(Svg + "polyline").Select(l => l.Attribute("points")!.Value.Split(' ').Length));
        Assert.Equal(2, root.Elements(Svg + "path").Count(p => p.Attribute("d")!.Value.StartsWith("M-4-4L4 4", StringComparison.Ordinal)));
        Assert.Equal(2, root.Elements(Svg + "polygon").Count());
    }

    [Fact]
    public void Summary_Accuracy_HasItsBandsDrawnAndItsNumbersInFull()
    {
        var exhibit = SummaryExhibit.Of(View);
        var row = View.Summaries[1];

        Assert.Contains(NumberText.Of(View.Measure, row.Best), Texts(exhibit.Svg));
        Assert.Equal(View.Summaries.Count(s => double.IsFinite(s.BestAt)), Root(exhibit.Svg).Elements(Svg + "circle").Count());
        var titles = exhibit.Data.Columns.Select(c => c.Title).ToList();
        Assert.Equal(row.Mean, exhibit.Data.Rows[1][titles.IndexOf("mean")].Number);
        Assert.Equal(row.OwnBand!.Decades, exhibit.Data.Rows[1][titles.IndexOf("ownWidth")].Number);
        Assert.Equal("b0", exhibit.Data.Rows[1][titles.IndexOf("axis")].Text);
        Assert.DoesNotContain("within 2 points", LatexText.Of(exhibit.Shown).Split("\\midrule")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Paper_EveryTable_IsDrawnWithAllItsNumbers()
    {
        foreach (var protocol in ProtocolRegistry.All)
        {
            var exhibit = PaperExhibit.Of(TableComparison.Of(protocol, RunIndex.Empty));

            Assert.Contains(protocol.Table.Title, string.Join(' ', Texts(exhibit.Svg)), StringComparison.Ordinal);
            Assert.Equal(protocol.Table.CellCount, exhibit.Data.Rows.Count);
            Assert.All(exhibit.Shown.Rows, r => Assert.Equal(protocol.Table.Columns.Count + 1, r.Count));
            Assert.Equal(protocol.Table.Rows.Count, exhibit.Shown.Rows.Count);
        }

        Assert.Equal(15, PaperRegistry.Tables.Count());
    }

    [Fact]
    public void Palette_Series_AreTheThemesLightOnes()
    {
        var tokens = File.ReadAllText(Path.Combine(RepositoryRoot(), "wwwroot", "css", "tokens.css"));
        var series = SeriesColors().Matches(tokens).Select(m => m.Groups["light"].Value);

        Assert.Equal(FigurePalette.Series.Take(8), series);

        // The others are mixed from these by the sheet, and by the palette alike.
        var colors = FigurePalette.Series.ToList();
        foreach (Match mix in MixedColors().Matches(tokens))
        {
            var other = mix.Groups["other"].Value is "deep" ? FigurePalette.Ink : colors[Number(mix, "other")];
            Assert.Equal(colors[Number(mix, "line")], Mixed(colors[Number(mix, "own")], other, Number(mix, "share") / 100.0));
        }

        Assert.Equal(Series.Count - 8, MixedColors().Count(tokens));

        static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

        static string Mixed(string own, string other, double share) => "#" + string.Concat(Enumerable.Range(0, 3).Select(i =>
            ((int)Math.Round((share * Channel(own, i)) + ((1 - share) * Channel(other, i)))).ToString("x2", CultureInfo.InvariantCulture)));

        static int Channel(string color, int index) => int.Parse(color.AsSpan(1 + (2 * index), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static readonly string[] Allowed = ["svg", "title", "desc", "rect", "text", "tspan", "line", "path", "polyline", "polygon", "circle"];

    private static XElement Root(string svg) => XDocument.Parse(svg).Root!;

    private static List<string> Texts(string svg) => [.. Root(svg).Elements(Svg + "text").Select(t => string.Concat(t.Nodes().OfType<XText>()))];

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Dashboard.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"--series-\d: light-dark\((?<light>#[0-9a-f]{6}),", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex SeriesColors();

    [GeneratedRegex(@"--series-(?<line>\d+): color-mix\(in srgb, var\(--series-(?<own>\d+)\) (?<share>\d+)%, var\(--series-(?<other>\d+|deep)\)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex MixedColors();
}
