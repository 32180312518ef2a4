using System.Globalization;
using System.Text;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>Names of tables: of letters, digits, points, hyphens and underscores, ending in <c>.csv</c>.</summary>
public static class TableName
{
    private const string Extension = ".csv";
    private const int Longest = 100;

    /// <summary>Of a name that is made: with its reading's name it fits what file systems take, whatever its letters.</summary>
    private const int LongestMade = 60;

    private static readonly string[] Endings = [".gz", ".csv", ".tsv", ".tab", ".txt"];

    /// <summary>The name that a file's becomes: <c>my data (1).csv</c> is <c>my-data-1.csv</c>.</summary>
    public static string Of(string file)
    {
        var name = Path.GetFileName(file.Replace('\\', '/')).Normalize(NormalizationForm.FormC);
        foreach (var ending in Endings)
        {
            name = name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
        }

        var clean = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c) || c is '_' or '.' or '-')
            {
                clean.Append(c);
            }
            else if (clean.Length > 0 && clean[^1] != '-')
            {
                clean.Append('-');
            }
        }

        var text = clean.ToString().Trim('-', '.');
        text = text.Length > LongestMade ? text[..LongestMade].TrimEnd('-', '.') : text;
        return (text.Length == 0 ? "table" : text) + Extension;
    }

    /// <summary>A name comes from a specification or an address, which anybody may have written: it must stay within the folder.</summary>
    /// <exception cref="InvalidInputException">It is none.</exception>
    public static void Require(string name, string field)
    {
        if (name.Length is 0 or > Longest || name[0] == '.' || !name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            || !name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-') || Encoding.UTF8.GetByteCount(name) > 2 * Longest)
        {
            throw new InvalidInputException(field, string.Create(
                CultureInfo.InvariantCulture, $"\"{CellText.Shown(name)}\" is no name of a table; give letters, digits, points, hyphens and underscores, ending in {Extension}, such as wine.csv."));
        }
    }
}
