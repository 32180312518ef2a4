using Microsoft.AspNetCore.Mvc;

namespace Stepsize.Web.Api.Http;

/// <summary>Says of a route what its operation is.</summary>
internal static class OperationConventions
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, ApiOperation operation)
    {
        route.WithName(operation.Id).WithTags(operation.Tag).WithSummary(operation.Summary).WithDescription(operation.Description).WithMetadata(operation);
        route.WithMetadata(new ProducesResponseTypeMetadata(operation.Answer.Status, operation.Answer.Type ?? typeof(void), [operation.Answer.ContentType]));
        route.Add(builder =>
        {
            var pattern = ((RouteEndpointBuilder)builder).RoutePattern;
            foreach (var status in FaultsOf(operation, pattern.Parameters.Count > 0))
            {
                builder.Metadata.Add(new ProducesResponseTypeMetadata(
                    status, status == StatusCodes.Status400BadRequest ? typeof(HttpValidationProblemDetails) : typeof(ProblemDetails), ["application/problem+json"]));
            }
        });
        return route;
    }

    private static IEnumerable<int> FaultsOf(ApiOperation operation, bool namesSomething) =>
        new[]
        {
            operation.Query.Count > 0 || operation.Body is not null ? StatusCodes.Status400BadRequest : 0,
            namesSomething ? StatusCodes.Status404NotFound : 0,
            StatusCodes.Status500InternalServerError,
        }.Concat(operation.Faults.Keys).Where(s => s > 0).Distinct().Order();
}
