using Stepsize.Training.Faults;
using Stepsize.Web.Api.Http.Answers;

namespace Stepsize.Web.Api.Control;

/// <summary>Carries out what changes a sweep.</summary>
internal static class Change
{
    /// <summary>What came too late, such as pausing a sweep that has just finished, is a conflict with how things stand, and not a fault of the request.</summary>
    /// <param name="change">Throws <see cref="InvalidInputException"/> with a sentence where it is refused.</param>
    public static async Task<IResult> TryAsync(Func<Task<IResult>> change)
    {
        try
        {
            return await change();
        }
        catch (InvalidInputException e) when (e.Faults.All(f => f.Field.Length == 0))
        {
            return Problems.Of(StatusCodes.Status409Conflict, string.Join(' ', e.Faults.Select(f => f.Message)));
        }
    }
}
