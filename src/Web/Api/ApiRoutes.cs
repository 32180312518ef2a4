namespace Stepsize.Web.Api;

/// <summary>Addresses that other parts of the program name.</summary>
internal static class ApiRoutes
{
    public const string Root = "/api";

    public const string Document = "/api/openapi.json";
}
