using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Stepsize.Web.Tests.Fuzzing;

/// <summary>Bytes like those of people's tables: in every dialect, with what goes wrong in them, and with what is no table.</summary>
internal static class TableTexts
{
    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Choose(-1_000_000, 1_000_000).Select(n => (n / 1000.0).ToString("0.###", CultureInfo.InvariantCulture)),
        Gen.Elements("0", "-0", "1e300", "1e-320", "1e999", "-1E+5", ".5", "5.", "1,5", "1.234,5", "1,234.5", "1 234", "1'234", "12,34,567", "0x10", "٣", "½", "1e", "--1", "+1", "NaN", "Infinity", "∞", "1%", "$5", "1.2.3"));

    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.Elements("", " ", "NA", "n/a", "null", "-", "?", "a", "b", "yes", "no", "größe", "λ₂", "=1+1", "<b>", "x\ty", "\u202e", "\u00a0", "\"quoted\"", "\"a,b\"", "\"a\nb\"", "\"a\"\"b\"", "\"open", "a\"b", "#", "//"),
        ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""));

    private static readonly Gen<string> Cell = Gen.Frequency((12, Number), (3, Word));

    private static readonly Gen<string> Name = Gen.Frequency((6, Gen.Elements("x", "y", "z", "x1", "x2", "target", "größe", "\"a, b\"", "1")), (1, Word));

    private static readonly Gen<string> Text =
        from separator in Gen.Frequency((6, Gen.Elements(",", ";", "\t", "|")), (1, Gen.Elements(" ", ":", ",,", "")))
        from columns in Gen.Choose(1, 6)
        from rows in Gen.Choose(0, 25)
        from first in Gen.Elements("", "", "", "sep=;\n", "sep=,\r\n", "\ufeff", "# a remark\n", "\n\n")
        from header in Gen.Frequency((4, Line(Name, columns, separator)), (1, Gen.Constant("")))
        from kinds in Gen.ListOf(Gen.Frequency((4, Gen.Constant(Plain)), (1, Gen.Constant(Cell))), columns)
        from body in Gen.ListOf(Gen.Frequency((30, Row(kinds, separator)), (1, Line(Cell, columns + 1, separator)), (1, Line(Cell, 1, separator)), (1, Gen.Elements("", new string(',', 5)))), rows)
        from end in Gen.Elements("\n", "\r\n", "\r")
        from tail in Gen.Elements("", "", separator, "\u001a", "\0", "\"")
        select first + (header.Length == 0 ? "" : header + end) + string.Concat(body.Select(line => line + end)) + tail;

    private static Gen<string> Plain => Gen.Choose(-1000, 1000).Select(n => (n / 8.0).ToString(CultureInfo.InvariantCulture));

    /// <summary>Texts in the encodings that are known, bytes that are in none, and packed ones.</summary>
    public static Gen<byte[]> All { get; } = Gen.Frequency(
        (20, Text.Select(t => new UTF8Encoding(false).GetBytes(t))),
        (2, Text.Select(Encoding.Latin1.GetBytes)),
        (2, Text.Select(t => (byte[])[.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(t)])),
        (1, Text.Select(Encoding.BigEndianUnicode.GetBytes)),
        (1, ArbMap.Default.GeneratorFor<byte[]>().Select(b => b ?? [])),
        (1, Text.Select(t => (byte[])[0x1f, 0x8b, 8, 0, .. Encoding.UTF8.GetBytes(t)])));

    private static Gen<string> Line(Gen<string> cell, int columns, string separator) => Gen.ListOf(cell, columns).Select(cells => string.Join(separator, cells));

    private static Gen<string> Row(IEnumerable<Gen<string>> kinds, string separator) =>
        kinds.Aggregate(Gen.Constant(""), (line, kind) => from start in line from cell in kind select start.Length == 0 ? cell : start + separator + cell);
}
