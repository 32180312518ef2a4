using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>Tells the separator by what it makes of the first rows: as many cells in each, and numbers in them.</summary>
internal static class SeparatorDetection
{
    private const int LookedCharacters = 1 << 16;
    private const double MostlyEven = 0.9;

    /// <summary>Two separators whose shares of numbers are closer than this are told apart by the first line.</summary>
    private const double SameShare = 0.05;

    public static char Detect(TableSource source)
    {
        if (source.DeclaredSeparator is { } declared)
        {
            return declared;
        }

        var sample = Sample(source);
        var firstLine = sample.AsSpan()[..(sample.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : sample.Length)];
        (char Mark, double Numbers, int InFirst)? best = null;
        foreach (var (mark, _) in TableChoiceReader.Separators)
        {
            // Words of a sentence are no columns: spaces count only where nothing else separates.
            if ((mark == ' ' && best is not null) || ShareOfNumbers(source.Name, sample, mark) is not { } numbers || (mark == ' ' && numbers < 0.5))
            {
                continue;
            }

            var found = (mark, numbers, firstLine.Count(mark));
            if (best is not { } before || numbers > before.Numbers + SameShare || (numbers > before.Numbers - SameShare && found.Item3 > before.InFirst))
            {
                best = found;
            }
        }

        return best?.Mark ?? ',';
    }

    /// <summary>Whole lines from the beginning.</summary>
    private static string Sample(TableSource source)
    {
        using var reader = source.OpenRows();
        var buffer = new char[LookedCharacters];
        var length = reader.ReadBlock(buffer);
        var text = buffer.AsSpan(0, length);
        var last = length == buffer.Length ? text.LastIndexOf('\n') : -1;
        return new string(last > 0 ? text[..(last + 1)] : text);
    }

    /// <returns>Of the cells after the first row; null where rows are not of one length, or of one cell.</returns>
    private static double? ShareOfNumbers(string name, string sample, char mark)
    {
        var rows = new List<CsvRow>();
        try
        {
            foreach (var row in CsvRows.Read(name, new StringReader(sample), mark).Where(r => !r.IsEmpty))
            {
                rows.Add(row);
            }
        }
        catch (InvalidInputException)
        {
            // The sample may end within quotation marks: the rows before tell.
        }

        if (rows.Count == 0)
        {
            return null;
        }

        var usual = rows.CountBy(r => r.Fields.Length).MaxBy(c => c.Value);
        if (usual.Key < 2 || usual.Value < MostlyEven * rows.Count)
        {
            return null;
        }

        var cells = rows.Skip(1).SelectMany(r => r.Fields).ToList();
        return cells.Count == 0 ? 0 : cells.Count(c => WrittenNumber.TryRecognise(c, out _)) / (double)cells.Count;
    }
}
