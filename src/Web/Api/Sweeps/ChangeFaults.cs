namespace Stepsize.Web.Api.Sweeps;

/// <summary>What can be wrong with a request that changes something.</summary>
internal static class ChangeFaults
{
    public static IReadOnlyDictionary<int, string> WithoutBody { get; } = new Dictionary<int, string>
    {
        [StatusCodes.Status403Forbidden] = "The request was made by a page of another site.",
    };

    public static IReadOnlyDictionary<int, string> WithBody { get; } = new Dictionary<int, string>(WithoutBody)
    {
        [StatusCodes.Status413PayloadTooLarge] = "The body is too large.",
        [StatusCodes.Status415UnsupportedMediaType] = "The header Content-Type is not application/json.",
    };
}
