namespace Stepsize.Training.Datasets.Tables;

/// <summary>Decides decimal mark, thousands and header by what the columns of numbers have in common, and says what a person would want to know of it.</summary>
internal static class FormatDetection
{
    private static readonly (NumberMarks Mark, char Written, string Word)[] Groupings =
    [
        (NumberMarks.ThousandsComma, ',', "commas"), (NumberMarks.ThousandsPoint, '.', "points"),
        (NumberMarks.ThousandsSpace, ' ', "spaces"), (NumberMarks.ThousandsApostrophe, '\'', "apostrophes"),
    ];

    /// <param name="remarks">Gets what was detected and is not what programs usually write.</param>
    public static TableFormat Detect(TableSource source, char separator, TableScan scan, TableChoices choices, List<string> remarks)
    {
        MarkTally[] numeric = [.. scan.Marks.Where(m => m.IsNumeric)];
        if (choices.Encoding is null && source.Encoding == TableEncoding.Latin1)
        {
            remarks.Add("The bytes are not UTF-8; they were read as Latin-1 (Windows-1252). Look at names and words, and choose another encoding where they are wrong.");
        }
        else if (choices.Encoding is null && source.Encoding is TableEncoding.Utf16LittleEndian or TableEncoding.Utf16BigEndian)
        {
            remarks.Add("The file is in UTF-16, two bytes a letter, and was read as such.");
        }

        if (source.DeclaredSeparator is { } declared)
        {
            remarks.Add($"The first line, sep={(declared == '\t' ? "tab" : declared)}, names the separator for Excel; it is no row.");
        }

        var point = choices.Decimal ?? Decimal(numeric, separator, choices, remarks);
        var thousands = choices.Thousands is { } chosen ? chosen == TableChoices.None ? null : chosen : Thousands(numeric, point, remarks);
        return new TableFormat(source.Encoding, separator, point, thousands == point ? null : thousands, choices.HasHeader ?? HasHeader(scan, remarks));
    }

    private static char Decimal(MarkTally[] columns, char separator, TableChoices choices, List<string> remarks)
    {
        var (points, commas) = (Count(columns, NumberMarks.DecimalPoint), Count(columns, NumberMarks.DecimalComma));
        if (points > 0 && commas > 0)
        {
            var (point, comma) = (Example(columns, NumberMarks.DecimalPoint)!, Example(columns, NumberMarks.DecimalComma)!);
            remarks.Add(FormattableString.Invariant($"Numbers have decimal points, such as {point.Text} in line {point.Line}, and decimal commas, such as {comma.Text} in line {comma.Line}: one of them is a mistake."));
        }

        // Where all of them have three digits after a comma, it could be either: between separators that are commas, nobody writes decimals with them.
        var grouped = Count(columns, NumberMarks.ThousandsComma) > 0 || choices.Thousands == ',';
        var either = Count(columns, NumberMarks.EitherComma);
        var isComma = commas > points || (points == 0 && either > 0 && separator != ',' && !grouped && Count(columns, NumberMarks.EitherPoint) == 0);
        if (isComma)
        {
            var example = Example(columns, commas > points ? NumberMarks.DecimalComma : NumberMarks.EitherComma)!;
            remarks.Add(FormattableString.Invariant($"Decimals are written with a comma, such as {example.Text} in line {example.Line}")
                + (commas == 0 ? "; should these be thousands, choose so." : "."));
        }

        return isComma ? ',' : '.';
    }

    private static char? Thousands(MarkTally[] columns, char point, List<string> remarks)
    {
        foreach (var (mark, written, word) in Groupings)
        {
            var either = written switch { ',' => NumberMarks.EitherComma, '.' => NumberMarks.EitherPoint, _ => mark };
            if (written != point && (Example(columns, mark) ?? Example(columns, either)) is { } example)
            {
                remarks.Add(FormattableString.Invariant($"Thousands are grouped by {word}, such as {example.Text} in line {example.Line}."));
                return written;
            }
        }

        return null;
    }

    /// <summary>Without names, the first row has numbers where the other rows have them.</summary>
    private static bool HasHeader(TableScan scan, List<string> remarks)
    {
        var first = scan.First.Fields.Take(scan.Columns).Where((_, j) => scan.Marks[j].IsNumeric).ToList();
        var numbers = first.Count(f => WrittenNumber.TryRecognise(f, out _));
        var hasNone = numbers > 0 && first.TrueForAll(f => WrittenNumber.TryRecognise(f, out _) || CellText.IsMissingNumber(f.AsSpan().Trim()));
        if (hasNone)
        {
            remarks.Add("The first row holds numbers where the others do: it was taken for values, and the columns are named by their place. If it is a header, choose so.");
        }

        return !hasNone;
    }

    private static int Count(MarkTally[] columns, NumberMarks mark) => columns.Sum(c => c.Count(mark));

    private static TableCell? Example(MarkTally[] columns, NumberMarks mark) => columns.Select(c => c.Example(mark)).FirstOrDefault(e => e is not null);
}
