using System.Text.Json.Nodes;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Options;

namespace Stepsize.Web.Views.Text;

/// <summary>A table in words, and a proposal for training on it.</summary>
internal static class TableText
{
    private const int FewClasses = 20;

    /// <summary>The workload that a table's target suits: classes where it is text or few whole numbers, else numbers.</summary>
    public static string Workload(TableReading table) => table.Column(table.Target) is { } target
        && (target.Kind == ColumnKind.Text || (target is { IsWhole: true, Values: >= 2 and <= FewClasses })) ? "csv-logreg" : "csv-linear";

    /// <summary>Workload options: target and features as at import, four fifths of the rows for training.</summary>
    public static JsonObject Options(string name, TableReading table)
    {
        var test = Math.Max(1, table.UsableRows / 5);
        var options = new JsonObject { ["file"] = name, ["target"] = table.Target };
        if (ColumnList.Write(table.Features) is { Length: <= OptionDefinition.MaximumTextLength } features)
        {
            options["features"] = features;
        }

        options["trainRows"] = Math.Max(1, table.UsableRows - test);
        options["testRows"] = test;
        return options;
    }

    /// <summary>How it is read, in a line.</summary>
    public static string Format(TableReading table)
    {
        var format = table.Format;
        return $"separator {TableChoiceReader.WordOf(TableChoiceReader.Separators, format.Separator)}, decimal {TableChoiceReader.WordOf(TableChoiceReader.Decimals, format.Decimal)}, "
            + $"thousands {TableChoiceReader.WordOf(TableChoiceReader.ThousandsMarks, format.Thousands ?? TableChoices.None)}, header {TableChoiceReader.WordOf(TableChoiceReader.Headers, format.HasHeader)}, "
            + $"encoding {TableChoiceReader.WordOf(TableChoiceReader.Encodings, format.Encoding)}, missing cells {TableChoiceReader.WordOf(TableChoiceReader.Missings, table.Missing)}";
    }

    /// <summary>What a column holds, in a few words.</summary>
    public static string Column(TableColumn column)
    {
        var what = column.Kind switch
        {
            ColumnKind.Empty => "no values",
            ColumnKind.Number => column is { Smallest: { } low, Largest: { } high } ? $"{NumberText.Axis(low)} to {NumberText.Axis(high)}" : "numbers",
            _ => column.Values is { } n ? $"text, {NumberText.Whole(n)} {(n == 1 ? "value" : "values")}" : "text, very many values",
        };
        return what + (column.Missing > 0 && column.Kind != ColumnKind.Empty ? $", {NumberText.Whole(column.Missing)} missing" : "");
    }
}
