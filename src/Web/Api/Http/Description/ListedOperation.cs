using System.Text.RegularExpressions;

namespace Stepsize.Web.Api.Http.Description;

/// <summary>An operation where it is mapped.</summary>
/// <param name="Method">Such as GET.</param>
/// <param name="Path">With names in braces, without constraints.</param>
internal sealed partial record ListedOperation(string Method, string Path, ApiOperation Operation)
{
    /// <summary>In the order in which they are mapped.</summary>
    public static IEnumerable<ListedOperation> AllOf(EndpointDataSource endpoints) =>
        from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
        let operation = endpoint.Metadata.GetMetadata<ApiOperation>()
        where operation is not null
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        orderby endpoint.Order
        select new ListedOperation(method, Constraint().Replace(endpoint.RoutePattern.RawText ?? "", "}"), operation);

    [GeneratedRegex(@":[a-z]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}
