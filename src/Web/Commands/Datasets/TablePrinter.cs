using Spectre.Console;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Commands.Datasets;

/// <summary>A preview of a table, as a page shows it.</summary>
internal static class TablePrinter
{
    private const int ColumnsShown = 8;
    private const int RowsShown = 5;
    private const int LettersShown = 24;

    public static void Print(TableInspection table)
    {
        var reading = table.Reading;
        Console.WriteLine($"{table.Name}: {reading.Rows} rows, {reading.Columns.Count} columns; {TableText.Format(reading)}.");
        Console.WriteLine($"Predicts \"{reading.Target}\" from {(reading.Features.Count == 0 ? "nothing" : ColumnList.Write(reading.Features))}.");
        var shown = reading.Columns.Take(ColumnsShown).ToList();
        var rows = new Table().Border(TableBorder.Simple).AddColumn("line");
        foreach (var column in shown)
        {
            rows.AddColumn(Markup.Escape($"{Short(column.Name)}\n{TableText.Column(column)}"));
        }

        foreach (var row in table.FirstRows.Take(RowsShown))
        {
            rows.AddRow([row.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), .. row.Cells.Take(shown.Count).Select(c => Markup.Escape(Short(c)))]);
        }

        Terminal.Output.Write(rows);
        foreach (var remark in table.Remarks)
        {
            Console.WriteLine($"- {remark}");
        }
    }

    private static string Short(string text) => text.Length <= LettersShown ? text : text[..LettersShown] + "…";
}
