using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Web.Api.Http.Asking;

namespace Stepsize.Web.Api.Datasets;

/// <summary>What can be chosen of a table in a query, by the words of <see cref="TableChoiceReader"/>.</summary>
internal static class OwnTableParameters
{
    private const int LongestFeatures = 100_000;

    private static readonly Dictionary<string, TextParameter> Choices = TableChoiceReader.Fields.ToDictionary(
        field => field, field => new TextParameter(field, Describe(field), field == "features" ? LongestFeatures : OptionDefinition.MaximumTextLength), StringComparer.Ordinal);

    public static TextParameter File { get; } = new("file", "Name of the file that is sent; the table's name is made from it.", 300);

    public static TextParameter Name { get; } = new("name", "What to call the table; the file's name by default. What no name can hold becomes a hyphen.", 300);

    public static IReadOnlyList<QueryParameter> Reading { get; } = [Name, .. Choices.Values];

    /// <exception cref="InvalidInputException">A word is not allowed; names every one.</exception>
    public static TableChoices Read(ApiQuery query)
    {
        var faults = new FaultList();
        var choices = TableChoiceReader.Read(field => query.Get(Choices[field]), faults);
        faults.ThrowIfAny();
        return choices;
    }

    private static string Describe(string field) => field switch
    {
        "separator" => Detected("Between cells", TableChoiceReader.Separators),
        "decimal" => Detected("Decimal mark", TableChoiceReader.Decimals),
        "thousands" => Detected("Between groups of three digits", TableChoiceReader.ThousandsMarks),
        "header" => Detected("Whether the first row holds the names of the columns", TableChoiceReader.Headers),
        "encoding" => Detected("Of the bytes", TableChoiceReader.Encodings),
        "target" => "Column to predict; the last one by default.",
        "features" => "Columns to learn from, separated by commas, a name with a comma in quotation marks; numbers, and text of few values (one-hot), by default.",
        _ => "What becomes of missing cells: refuse (the table cannot be imported), drop (their rows are left out), mean (the column's mean over the training rows).",
    };

    private static string Detected<T>(string what, IReadOnlyList<(T, string Word)> words) => $"{what}: {string.Join(", ", words.Select(w => w.Word))}; detected by default.";
}
