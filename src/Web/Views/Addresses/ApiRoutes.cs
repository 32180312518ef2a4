using Stepsize.Data.Metrics;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Addresses;

/// <summary>Addresses that other parts of the program name.</summary>
internal static class ApiRoutes
{
    public const string Root = "/api";

    /// <summary>The same as links name it: relative to the dashboard's base.</summary>
    public const string Page = "api";

    public const string Document = "/api/openapi.json";

    /// <summary>Where pages keep their connection.</summary>
    public const string Circuits = "/_blazor";

    /// <summary>A column of a run, as few points as a chart needs.</summary>
    public static string Curve(long runId, MetricColumn column) => $"{Page}/runs/{runId}/curves/{Words.Of(column)}";
}
