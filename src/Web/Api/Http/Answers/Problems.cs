using Microsoft.AspNetCore.WebUtilities;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Api.Http.Answers;

/// <summary>Answers for what could not be done: problem details (RFC 9457), with a sentence that says what to do.</summary>
internal static class Problems
{
    /// <summary>The field that faults of a whole body are named after.</summary>
    private const string WholeBody = "body";

    /// <summary>As many as a person reads in a line.</summary>
    private const int MostInDetail = 3;

    public static IResult NoSweep(long id) => NotFound($"There is no sweep {id} in this database, or it was deleted; GET /api/sweeps lists those there are, GET /api/bin those that can be restored.");

    public static IResult NoRun(long id) => NotFound($"There is no run {id} in this database, or it was deleted; GET /api/sweeps/{{id}}/runs lists those of a sweep.");

    public static IResult NotFound(string sentence) => Of(StatusCodes.Status404NotFound, sentence);

    public static IResult Of(int status, string sentence) => Results.Problem(sentence, statusCode: status, title: ReasonPhrases.GetReasonPhrase(status));

    /// <summary>Every fault by its field.</summary>
    public static IResult Invalid(InvalidInputException e)
    {
        var errors = e.Faults.GroupBy(f => f.Field.Length == 0 ? WholeBody : f.Field, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Select(f => f.Message).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        var all = e.Faults.Count + e.Unnamed;
        var more = all > MostInDetail ? $" And {all - MostInDetail} more: errors has {(e.Unnamed == 0 ? "them all" : $"the first {e.Faults.Count}")}." : "";
        return Results.Problem(new HttpValidationProblemDetails(errors)
        {
            Status = StatusCodes.Status400BadRequest,
            Title = "The request cannot be carried out as given",
            Detail = string.Join(' ', e.Faults.Take(MostInDetail)) + more,
        });
    }
}
