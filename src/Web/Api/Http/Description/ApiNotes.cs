namespace Stepsize.Web.Api.Http.Description;

/// <summary>What holds for every operation.</summary>
internal static class ApiNotes
{
    public static IReadOnlyList<string> Paragraphs { get; } =
    [
        "Names are camelCase, words of an enumeration are lower case with hyphens (no-progress), times are ISO 8601 in UTC, accuracies are in [0, 1]. "
        + "What does not apply is null, in CSV empty.",
        "JSON has no NaN: numbers that are not finite are the texts \"NaN\", \"Infinity\" and \"-Infinity\", in CSV NaN, Infinity and -Infinity. "
        + "They are never left out or replaced.",
        "Lists are read page by page with limit and offset; CSV and JSON lines hold every row and are written while they are read. A parameter that takes several "
        + "values takes them with commas between: seed=0,1.",
        "What is wrong is answered with problem details (RFC 9457, application/problem+json): detail is a sentence, and errors has each fault by its field. "
        + "Unknown parameters are faults.",
        "Answers that have an ETag take If-None-Match and are 304 while nothing has changed.",
        "What changes something takes Content-Type: application/json, and is refused where a browser says that it comes from a page of another site.",
    ];

    public static string All { get; } = string.Join("\n\n", Paragraphs);
}
