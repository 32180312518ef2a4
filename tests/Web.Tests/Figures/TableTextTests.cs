using Stepsize.Web.Figures.Tables;
using Xunit;

namespace Stepsize.Web.Tests.Figures;

public class TableTextTests
{
    private static readonly DataTable Table = new(
        "50% of_it & more",
        [new DataColumn("optimizer", ColumnKind.Text), new DataColumn("mean"), new DataColumn("where", ColumnKind.Band)],
        [
            [new DataCell("SGD, \"constant\""), new DataCell("0.9", 0.9012345678901235), new DataCell("from 1 to 2")],
            [new DataCell("=HYPERLINK(\"http://x\")"), new DataCell("div", double.NaN), DataCell.Empty],
            [new DataCell("b₀"), new DataCell("−0.5", -0.5), DataCell.Empty],
        ],
        "A note.");

    [Fact]
    public void Csv_Table_IsRfc4180WithNumbersInFull() =>
        Assert.Equal(
            "optimizer,mean\r\n\"SGD, \"\"constant\"\"\",0.9012345678901235\r\n\"'=HYPERLINK(\"\"http://x\"\")\",NaN\r\nb₀,-0.5\r\n",
            CsvText.Of(Table));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("line\nbreak", "\"line\nbreak\"")]
    [InlineData(" space ", "\" space \"")]
    [InlineData("", "")]
    public void Field_TextThatCouldBeAFormulaOrEndTheField_IsGuarded(string text, string expected) => Assert.Equal(expected, CsvText.Field(text));

    [Fact]
    public void Latex_Table_HasTheRulesOfBooktabsAndNoBand()
    {
        var text = LatexText.Of(Table);

        Assert.Contains("\\begin{tabular}{lr}", text, StringComparison.Ordinal);
        Assert.Contains("\\caption{50\\% of\\_it \\& more}", text, StringComparison.Ordinal);
        Assert.Contains("optimizer & mean \\\\\n    \\midrule\n", text, StringComparison.Ordinal);
        Assert.Contains("{}b$_0$ & $-$0.5 \\\\", text, StringComparison.Ordinal);
        Assert.Contains("\\bottomrule", text, StringComparison.Ordinal);
        Assert.DoesNotContain("from 1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the \"small\" grid of Müller", "")]
    [InlineData("Łukasiewicz", "% Has letters that need \\usepackage[T1]{fontenc}.\n")]
    [InlineData("«mesh»", "% Has letters that need \\usepackage[T1]{fontenc}.\n")]
    [InlineData("学習率", "% Has letters that pdfLaTeX does not know: typeset it with LuaLaTeX or XeLaTeX, \\usepackage{fontspec} and a font that has them.\n")]
    public void Latex_LettersThatNeedMore_NamesWhatTheyNeed(string title, string needs)
    {
        var text = LatexText.Of(Table with { Title = title });

        Assert.StartsWith("% Needs \\usepackage{booktabs}; with LaTeX before 2020 also \\usepackage[utf8]{inputenc} and \\usepackage{textcomp}.\n" + needs + "\\begin{table}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"\input{/etc/passwd}", @"\textbackslash{}input\{/etc/passwd\}")]
    [InlineData("a & b # c $ d % e _ f ~ g ^ h", @"a \& b \# c \$ d \% e \_ f \textasciitilde{} g \textasciicircum{} h")]
    [InlineData("<b> | \"q\"", @"\textless{}b\textgreater{} \textbar{} {\ttfamily\char34}q{\ttfamily\char34}")]
    [InlineData("90.1 ± 0.2 ≥ ∞", @"90.1 $\pm$ 0.2 $\geq$ $\infty$")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("Größe", "Größe")]
    public void Escape_AnyText_IsNoCommand(string text, string expected) => Assert.Equal(expected, LatexText.Escape(text));

    [Theory]
    [InlineData("optimizer", "optimizer")]
    [InlineData("first not finite", "firstNotFinite")]
    [InlineData("b₀", "b0")]
    [InlineData("width, all", "widthAll")]
    [InlineData("test accuracy, %", "testAccuracyPercent")]
    [InlineData("± 95%", "halfWidth95Percent")]
    [InlineData("b₀ = 0.1", "b00.1")]
    [InlineData("A − B, points", "aMinusBPoints")]
    public void ColumnName_OfATitle_IsCamelCase(string title, string expected) => Assert.Equal(expected, ColumnName.Of(title));
}
