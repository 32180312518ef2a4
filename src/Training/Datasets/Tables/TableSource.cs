using System.Text;
using System.Text.Unicode;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>The bytes of a table as letters: which encoding they are in, and where the rows begin.</summary>
internal sealed class TableSource
{
    /// <summary>Bytes looked at to tell text of two bytes a letter by its zeros.</summary>
    private const int Looked = 1 << 14;

    private readonly byte[] _content;
    private readonly int _start;

    private TableSource(string name, byte[] content, TableEncoding encoding, int start)
    {
        Name = name;
        Encoding = encoding;
        _content = content;
        _start = start;
        using var reader = Open();
        DeclaredSeparator = Declared(reader.ReadLine());
    }

    /// <summary>Of the table, for the messages.</summary>
    public string Name { get; }

    public TableEncoding Encoding { get; }

    /// <summary>What a first line such as <c>sep=;</c>, which Excel reads, says; null where there is none.</summary>
    public char? DeclaredSeparator { get; }

    /// <summary>Lines before the first row.</summary>
    public int LinesBefore => DeclaredSeparator is null ? 0 : 1;

    /// <param name="chosen">By a person; null to tell by the bytes.</param>
    /// <exception cref="Faults.InvalidInputException">It is no text, or not of the encoding that was chosen.</exception>
    public static TableSource Of(string name, byte[] content, TableEncoding? chosen)
    {
        var bytes = content.AsSpan();
        var (encoding, start) = Marked(bytes) ?? ((TableEncoding?)null, 0);
        if (bytes.StartsWith("PK\u0003\u0004"u8))
        {
            throw TableFault.Of(name, "it is a ZIP archive, as Excel's workbooks are", "Save the sheet as CSV, and import that.");
        }

        encoding = chosen ?? encoding ?? Unmarked(bytes);
        if (encoding is TableEncoding.Utf8 or TableEncoding.Latin1 && bytes.IndexOf((byte)0) is >= 0 and var zero)
        {
            throw TableFault.AtLine(name, Line(bytes, zero), "there is a zero byte, which no text holds", "Save the table as a CSV file in UTF-8.");
        }

        if (encoding == TableEncoding.Utf8 && !Utf8.IsValid(bytes))
        {
            throw TableFault.AtLine(name, Line(bytes, FirstInvalid(bytes)), "the bytes are not UTF-8", "Choose the encoding latin-1, or save the table as UTF-8.");
        }

        return new TableSource(name, content, encoding.Value, start);
    }

    /// <summary>The rows, from the first on.</summary>
    public StreamReader OpenRows()
    {
        var reader = Open();
        for (var i = 0; i < LinesBefore; i++)
        {
            reader.ReadLine();
        }

        return reader;
    }

    private StreamReader Open() => new(
        new MemoryStream(_content, _start, _content.Length - _start, writable: false), Letters(Encoding), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);

    private static Encoding Letters(TableEncoding encoding) => encoding switch
    {
        TableEncoding.Utf16LittleEndian => System.Text.Encoding.Unicode,
        TableEncoding.Utf16BigEndian => System.Text.Encoding.BigEndianUnicode,
        TableEncoding.Latin1 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        _ => System.Text.Encoding.UTF8,
    };

    private static (TableEncoding? Encoding, int Length)? Marked(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(System.Text.Encoding.UTF8.Preamble) ? (TableEncoding.Utf8, 3)
        : bytes.StartsWith(System.Text.Encoding.Unicode.Preamble) ? (TableEncoding.Utf16LittleEndian, 2)
        : bytes.StartsWith(System.Text.Encoding.BigEndianUnicode.Preamble) ? (TableEncoding.Utf16BigEndian, 2)
        : null;

    /// <summary>In text of two bytes a letter, most bytes at even or at odd places are zero.</summary>
    private static TableEncoding Unmarked(ReadOnlySpan<byte> bytes)
    {
        Span<int> zeros = stackalloc int[2];
        var looked = Math.Min(bytes.Length, Looked) & ~1;
        for (var i = 0; i < looked; i++)
        {
            zeros[i & 1] += bytes[i] == 0 ? 1 : 0;
        }

        var most = looked / 2 * 0.6;
        return looked > 0 && zeros[1] > most && zeros[0] == 0 ? TableEncoding.Utf16LittleEndian
            : looked > 0 && zeros[0] > most && zeros[1] == 0 ? TableEncoding.Utf16BigEndian
            : Utf8.IsValid(bytes) ? TableEncoding.Utf8
            : TableEncoding.Latin1;
    }

    private static char? Declared(string? line)
    {
        var text = line?.Trim().Trim('"') ?? "";
        return text.Length == 5 && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? text[4]
            : line is not null && line.TrimEnd('\r').Equals("sep=\t", StringComparison.OrdinalIgnoreCase) ? '\t'
            : null;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var offset = 0;
        while (offset < bytes.Length && Rune.DecodeFromUtf8(bytes[offset..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            offset += length;
        }

        return offset;
    }

    private static int Line(ReadOnlySpan<byte> bytes, int offset) => bytes[..offset].Count((byte)'\n') + 1;
}
