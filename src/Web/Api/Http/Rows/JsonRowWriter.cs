using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Stepsize.Web.Api.Http.Rows;

/// <summary>Objects, one a line or in an array. JSON has no NaN: numbers that are not finite are the texts "NaN", "Infinity" and "-Infinity".</summary>
internal sealed class JsonRowWriter : RowWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly JsonEncodedText[] _names;
    private readonly Utf8JsonWriter _json;
    private readonly bool _asArray;
    private int _column;

    public JsonRowWriter(Stream stream, IReadOnlyList<RowColumn> columns, bool asArray)
        : base(stream)
    {
        _names = [.. columns.Select(c => JsonEncodedText.Encode(c.Name))];
        _json = new Utf8JsonWriter(Buffer, Options);
        _asArray = asArray;
        if (asArray)
        {
            _json.WriteStartArray();
        }
    }

    public override void BeginRow()
    {
        _column = 0;
        _json.WriteStartObject();
    }

    public override void None() => _json.WriteNull(_names[_column++]);

    public override void Text(string value) => _json.WriteString(_names[_column++], value);

    public override void Whole(long value) => _json.WriteNumber(_names[_column++], value);

    public override void Flag(bool value) => _json.WriteBoolean(_names[_column++], value);

    public override void Number(float value)
    {
        if (float.IsFinite(value))
        {
            _json.WriteNumber(_names[_column++], value);
        }
        else
        {
            NotFinite(value);
        }
    }

    public override void Number(double value)
    {
        if (double.IsFinite(value))
        {
            _json.WriteNumber(_names[_column++], value);
        }
        else
        {
            NotFinite(value);
        }
    }

    protected override void FinishRow()
    {
        _json.WriteEndObject();
        _json.Flush();
        if (!_asArray)
        {
            _json.Reset();
            Buffer.Write("\n"u8);
        }
    }

    protected override void Finish()
    {
        if (_asArray)
        {
            _json.WriteEndArray();
            _json.Flush();
        }

        _json.Dispose();
    }

    private void NotFinite(double value) => _json.WriteString(_names[_column++], double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
}
