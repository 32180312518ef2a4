using System.Buffers;
using System.Globalization;
using System.Text;
using Stepsize.Web.Figures.Tables;

namespace Stepsize.Web.Api.Http.Rows;

/// <summary>
/// CSV as RFC 4180 has it. Texts are guarded as in exported tables: names come from people, and opening a table must not run what they wrote.
/// </summary>
internal sealed class CsvRowWriter : RowWriter
{
    /// <summary>Longer than any number.</summary>
    private const int LongestNumber = 40;

    private bool _isFirst = true;

    public CsvRowWriter(Stream stream, IReadOnlyList<RowColumn> columns)
        : base(stream)
    {
        foreach (var column in columns)
        {
            Text(column.Name);
        }

        FinishRow();
    }

    public override void BeginRow() => _isFirst = true;

    public override void None() => Separate();

    public override void Text(string value)
    {
        Separate();
        Encoding.UTF8.GetBytes(CsvText.Field(value), Buffer);
    }

    public override void Whole(long value) => Format(value);

    public override void Flag(bool value) => Text(value ? "true" : "false");

    public override void Number(float value) => Format(value);

    public override void Number(double value) => Format(value);

    protected override void FinishRow()
    {
        Buffer.Write("\r\n"u8);
        _isFirst = true;
    }

    protected override void Finish()
    {
    }

    private void Format<T>(T value)
        where T : IUtf8SpanFormattable
    {
        Separate();
        value.TryFormat(Buffer.GetSpan(LongestNumber), out var written, format: default, CultureInfo.InvariantCulture);
        Buffer.Advance(written);
    }

    private void Separate()
    {
        if (!_isFirst)
        {
            Buffer.Write(","u8);
        }

        _isFirst = false;
    }
}
