using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>A row of a CSV file and where it begins.</summary>
internal readonly record struct CsvRow(int Line, long Offset, string[] Fields);

/// <summary>Rows of a CSV file (RFC 4180, UTF-8, separated by comma, semicolon or tab as the header shows), each with as many fields as the header.</summary>
internal static class CsvRows
{
    public const int MostColumns = 4096;

    /// <summary>Longest field in characters.</summary>
    public const int LongestField = 1 << 20;

    /// <returns>The header first.</returns>
    /// <param name="path">For the messages.</param>
    /// <exception cref="InvalidInputException">The file is empty, is not UTF-8, or has rows that do not fit the header.</exception>
    public static IEnumerable<CsvRow> Read(string path, byte[] content)
    {
        RequireUtf8(path, content);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Delimiter(content).ToString(),
            MaxFieldSize = LongestField,
            CountBytes = true,
            Encoding = Encoding.UTF8,
            ExceptionMessagesContainRawData = false,
        };
        var start = content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        using var reader = new StreamReader(new MemoryStream(content, start, content.Length - start, writable: false), Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        using var parser = new CsvParser(reader, configuration);
        var columns = 0;
        for (var offset = (long)start; Advance(path, parser, offset) is { } fields; offset = start + parser.ByteCount)
        {
            columns = columns == 0 ? fields.Length : columns;
            if (columns > MostColumns)
            {
                throw FileFault.AtLine(path, parser.RawRow, offset, $"there are {columns} columns, but no more than {MostColumns} are read");
            }

            if (fields.Length != columns)
            {
                throw FileFault.AtLine(path, parser.RawRow, offset, $"there are {fields.Length} fields where the header has {columns}");
            }

            yield return new CsvRow(parser.RawRow, offset, fields);
        }

        if (columns == 0)
        {
            throw FileFault.At(path, 0, "it is empty, but a header and rows must be there");
        }
    }

    private static string[]? Advance(string path, CsvParser parser, long offset)
    {
        try
        {
            return parser.Read() ? parser.Record : null;
        }
        catch (CsvHelperException e)
        {
            var what = e is MaxFieldSizeException ? $"a field is longer than {LongestField} characters" : "quotation marks do not pair up";
            throw FileFault.AtLine(path, parser.RawRow, offset, what);
        }
    }

    /// <summary>The separator that the first line has most of.</summary>
    private static char Delimiter(byte[] content)
    {
        var length = content.AsSpan().IndexOf((byte)'\n');
        var header = content.AsSpan(0, length < 0 ? content.Length : length);
        var (commas, semicolons, tabs) = (header.Count((byte)','), header.Count((byte)';'), header.Count((byte)'\t'));
        return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }

    private static void RequireUtf8(string path, byte[] content)
    {
        if (System.Text.Unicode.Utf8.IsValid(content))
        {
            return;
        }

        var offset = 0;
        while (Rune.DecodeFromUtf8(content.AsSpan(offset), out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            offset += length;
        }

        throw FileFault.At(path, offset, "the bytes are not UTF-8; save the file as UTF-8");
    }
}
