using System.CommandLine;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Commands.Datasets;

/// <summary>What can be chosen of a table on the command line, by the words of <see cref="TableChoiceReader"/>.</summary>
internal sealed class TableOptions
{
    private readonly Dictionary<string, Option<string?>> _choices = TableChoiceReader.Fields.ToDictionary(f => f, Create, StringComparer.Ordinal);

    public Option<string?> Name { get; } = new("--name") { Description = "What to call a table of your own, by default after its file, or weights, by default after their network. For csv and weights only.", HelpName = "NAME" };

    public Option<bool> Replace { get; } = new("--replace") { Description = "Replace the table or the weights of that name, if there are any. For csv and weights only." };

    public Option<bool> Preview { get; } = new("--preview") { Description = "Only say what would be imported. For csv and weights only." };

    public IEnumerable<Option> All => [Name, .. _choices.Values, Replace, Preview];

    /// <exception cref="InvalidInputException">A word is not allowed; names every one.</exception>
    public TableChoices Choices(ParseResult parsed)
    {
        var faults = new FaultList();
        var choices = TableChoiceReader.Read(field => parsed.GetValue(_choices[field]), faults, "--");
        faults.ThrowIfAny();
        return choices;
    }

    /// <summary>Options of which the command line has one, for a dataset that they are not for.</summary>
    public IEnumerable<string> Given(ParseResult parsed) => All.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => o.Name);

    private static Option<string?> Create(string field) => new("--" + field)
    {
        Description = field switch
        {
            "separator" => $"Between cells: {Words(TableChoiceReader.Separators)}, or the character itself.",
            "decimal" => "Decimal mark: point or comma.",
            "thousands" => $"Between groups of three digits: {Words(TableChoiceReader.ThousandsMarks)}.",
            "header" => "Whether the first row holds the names of the columns: yes or no.",
            "encoding" => $"Of the bytes: {Words(TableChoiceReader.Encodings)}.",
            "target" => "Column to predict; the last one by default.",
            "features" => "Columns to learn from, separated by commas; numbers, and text of few values (one-hot), by default.",
            _ => $"What becomes of missing cells: {Words(TableChoiceReader.Missings)} (the table is refused, their rows are dropped, the column's mean stands in).",
        } + (field is "separator" or "decimal" or "thousands" or "header" or "encoding" ? " Detected by default." : "") + " For csv only.",
        HelpName = field.ToUpperInvariant(),
    };

    private static string Words<T>(IReadOnlyList<(T, string Word)> words) => string.Join(", ", words.Select(w => w.Word));
}
