using System.Globalization;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>Numbers as people and programs write them: a sign, digits that may be grouped, one decimal mark, an exponent.</summary>
internal static class WrittenNumber
{
    private const int Group = 3;
    private const int LongestNumber = 100;
    private const NumberMarks Nonsense = (NumberMarks)(-1);

    /// <summary>Whether the cell is a number in some way of writing, and what its marks then mean.</summary>
    public static bool TryRecognise(ReadOnlySpan<char> cell, out NumberMarks marks)
    {
        marks = NumberMarks.None;
        cell = Mantissa(cell, out var isWellFormed);
        if (!isWellFormed || cell.IsEmpty || cell.Length > LongestNumber)
        {
            return false;
        }

        var (first, second, firstCount, digits, group, begin, isGrouped) = ('\0', '\0', 0, 0, 0, 0, true);
        foreach (var c in cell)
        {
            if (char.IsAsciiDigit(c))
            {
                (digits, group) = (digits + 1, group + 1);
                continue;
            }

            var mark = Mark(c);
            if (mark == '\0' || second != '\0')
            {
                return false;
            }

            if (first == '\0')
            {
                (first, firstCount, begin) = (mark, 1, group);
            }
            else if (mark == first)
            {
                (firstCount, isGrouped) = (firstCount + 1, isGrouped && group == Group);
            }
            else
            {
                (second, isGrouped) = (mark, isGrouped && group == Group);
            }

            group = 0;
        }

        isGrouped = isGrouped && begin is >= 1 and <= Group && cell[0] != '0';
        marks = (first, second) switch
        {
            ('\0', _) => NumberMarks.None,
            ('.' or ',', '\0') when firstCount == 1 => Single(first, isGrouped && group == Group),
            (_, '\0') => isGrouped && group == Group ? Thousands(first) : Nonsense,
            (_, '.') when isGrouped => Thousands(first) | NumberMarks.DecimalPoint,
            (_, ',') when isGrouped => Thousands(first) | NumberMarks.DecimalComma,
            _ => Nonsense,
        };
        return digits > 0 && marks != Nonsense;
    }

    /// <summary>The number that the cell is in this format; infinite where it is beyond what numbers hold.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, TableFormat format, out double value)
    {
        value = 0;
        if (!TryRecognise(cell, out var marks) || !Fits(marks, format))
        {
            return false;
        }

        Span<char> plain = stackalloc char[LongestNumber * 2];
        var length = 0;
        foreach (var c in cell.Trim())
        {
            if (length == plain.Length)
            {
                return false;
            }

            if (c == format.Decimal)
            {
                plain[length++] = '.';
            }
            else if (Mark(c) is '\0' or '.' && Mark(c) != format.Thousands)
            {
                plain[length++] = c == '\u2212' ? '-' : c;
            }
        }

        return double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool Fits(NumberMarks marks, TableFormat format) =>
        (!marks.HasFlag(NumberMarks.DecimalPoint) || format.Decimal == '.')
        && (!marks.HasFlag(NumberMarks.DecimalComma) || format.Decimal == ',')
        && (!marks.HasFlag(NumberMarks.ThousandsComma) || format.Thousands == ',')
        && (!marks.HasFlag(NumberMarks.ThousandsPoint) || format.Thousands == '.')
        && (!marks.HasFlag(NumberMarks.ThousandsSpace) || format.Thousands == ' ')
        && (!marks.HasFlag(NumberMarks.ThousandsApostrophe) || format.Thousands == '\'')
        && (!marks.HasFlag(NumberMarks.EitherPoint) || format.Decimal == '.' || format.Thousands == '.')
        && (!marks.HasFlag(NumberMarks.EitherComma) || format.Decimal == ',' || format.Thousands == ',');

    private static NumberMarks Single(char mark, bool maybeThousands) => (mark, maybeThousands) switch
    {
        ('.', true) => NumberMarks.EitherPoint,
        ('.', false) => NumberMarks.DecimalPoint,
        (_, true) => NumberMarks.EitherComma,
        _ => NumberMarks.DecimalComma,
    };

    private static NumberMarks Thousands(char mark) => mark switch
    {
        '.' => NumberMarks.ThousandsPoint,
        ',' => NumberMarks.ThousandsComma,
        ' ' => NumberMarks.ThousandsSpace,
        _ => NumberMarks.ThousandsApostrophe,
    };

    /// <summary>The mark that a character is one of; zero for none. Spaces that do not break are spaces, a curled apostrophe is one.</summary>
    private static char Mark(char c) => c switch
    {
        '.' or ',' => c,
        ' ' or '\u00A0' or '\u202F' or '\u2009' => ' ',
        '\'' or '\u2019' => '\'',
        _ => '\0',
    };

    /// <summary>The number without sign and exponent.</summary>
    private static ReadOnlySpan<char> Mantissa(ReadOnlySpan<char> cell, out bool isWellFormed)
    {
        cell = cell.Trim();
        if (!cell.IsEmpty && cell[0] is '+' or '-' or '\u2212')
        {
            cell = cell[1..];
        }

        isWellFormed = true;
        var e = cell.IndexOfAny('e', 'E');
        if (e < 0)
        {
            return cell;
        }

        var exponent = cell[(e + 1)..];
        exponent = !exponent.IsEmpty && exponent[0] is '+' or '-' or '\u2212' ? exponent[1..] : exponent;
        isWellFormed = exponent.Length is > 0 and <= 6 && !exponent.ContainsAnyExceptInRange('0', '9');
        return cell[..e];
    }
}
