using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>A row of a CSV file.</summary>
/// <param name="Line">That it ends in, counted from 1.</param>
internal readonly record struct CsvRow(int Line, string[] Fields)
{
    /// <summary>Whether every cell is empty, as in rows that a spreadsheet leaves behind.</summary>
    public bool IsEmpty => Array.TrueForAll(Fields, string.IsNullOrWhiteSpace);
}

/// <summary>Rows of a CSV file (RFC 4180), as they are written.</summary>
internal static class CsvRows
{
    public const int MostColumns = 4096;

    /// <summary>Longest field in characters.</summary>
    public const int LongestField = 1 << 20;

    /// <exception cref="InvalidInputException">Quotation marks do not pair up, or a row or a cell is longer than any table's.</exception>
    public static IEnumerable<CsvRow> Read(TableSource source, char separator)
    {
        using var reader = source.OpenRows();
        foreach (var row in Read(source.Name, reader, separator))
        {
            yield return row with { Line = row.Line + source.LinesBefore };
        }
    }

    /// <param name="name">For the messages.</param>
    /// <exception cref="InvalidInputException">As above.</exception>
    public static IEnumerable<CsvRow> Read(string name, TextReader text, char separator)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            WhiteSpaceChars = separator == ' ' ? ['\t'] : [' '],
            MaxFieldSize = LongestField,
            ExceptionMessagesContainRawData = false,
        };
        using var parser = new CsvParser(text, configuration, leaveOpen: true);
        while (Advance(name, parser) is { } fields)
        {
            if (fields.Length > MostColumns)
            {
                throw TableFault.AtLine(name, parser.RawRow, $"there are {fields.Length} columns, and no more than {MostColumns} are read", "Leave out some, or choose another separator.");
            }

            yield return new CsvRow(parser.RawRow, fields);
        }
    }

    private static string[]? Advance(string name, CsvParser parser)
    {
        try
        {
            return parser.Read() ? parser.Record : null;
        }
        catch (CsvHelperException e)
        {
            throw e is MaxFieldSizeException
                ? TableFault.AtLine(name, parser.RawRow, $"a cell is longer than {LongestField} characters", "A quotation mark may be missing before it, which makes one cell of all that follows.")
                : TableFault.AtLine(name, parser.RawRow, "quotation marks do not pair up", "A cell that holds a separator, a line break or a quotation mark stands in quotation marks, with those inside written twice.");
        }
    }
}
