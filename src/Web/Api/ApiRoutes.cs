namespace Stepsize.Web.Api;

/// <summary>Addresses that other parts of the program name.</summary>
internal static class ApiRoutes
{
    public const string Root = "/api";

    /// <summary>The same as links name it: relative to the dashboard's base.</summary>
    public const string Page = "api";

    public const string Document = "/api/openapi.json";
}
