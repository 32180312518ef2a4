using Microsoft.AspNetCore.Routing;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Description;
using Stepsize.Web.Views.Addresses;
using Xunit;

namespace Stepsize.Web.Tests.Api;

/// <summary>The document, the page for people and the routes say the same.</summary>
[Collection(ApiCollection.Name)]
public sealed class DescriptionTests(ApiServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_EveryRouteUnderApi_IsInIt()
    {
        var document = await server.JsonAsync("/api/openapi.json");
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name.ToUpperInvariant()} {p.Name}")).Order(StringComparer.Ordinal).ToArray();
        var mapped = server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => $"/{e.RoutePattern.RawText?.TrimStart('/')}".StartsWith("/api/", StringComparison.Ordinal) && e.RoutePattern.RawText != ApiRoutes.Document)
            .ToArray();

        Assert.All(mapped, e => Assert.NotNull(e.Metadata.GetMetadata<ApiOperation>()));
        Assert.Equal(ListedOperation.AllOf(server.Get<EndpointDataSource>()).Select(l => $"{l.Method} {l.Path}").Order(StringComparer.Ordinal), described);
        Assert.Equal(mapped.Length, described.Length);
    }

    [Fact]
    public async Task Document_EveryOperation_HasSummaryAnswersAndDescribedParameters()
    {
        var document = await server.JsonAsync("/api/openapi.json");

        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(o => o.Value))
        {
            var id = operation.GetProperty("operationId").GetString()!;
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.All(operation.GetProperty("responses").EnumerateObject(), r => Assert.True(r.Value.GetProperty("description").GetString()!.Length > 10, id));
            Assert.Contains(operation.GetProperty("responses").EnumerateObject(), r => r.Name == "500");
            if (operation.TryGetProperty("parameters", out var parameters))
            {
                Assert.All(parameters.EnumerateArray(), p => Assert.True(p.GetProperty("description").GetString()!.Length > 10, id));
            }
        }
    }

    [Fact]
    public async Task Document_Schemas_SayWhatFieldsMean()
    {
        var schemas = (await server.JsonAsync("/api/openapi.json")).GetProperty("components").GetProperty("schemas");
        var seed = schemas.GetProperty("HeatmapCellAnswer").GetProperty("properties").GetProperty("diverged");
        var loss = schemas.GetProperty("EvaluationAnswer").GetProperty("properties").GetProperty("trainLoss");

        Assert.Equal("Seeds that diverged: counted, never averaged.", seed.GetProperty("description").GetString());
        Assert.Contains("-Infinity", loss.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("null", loss.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_EveryExampleThatReads_Answers()
    {
        foreach (var listed in ListedOperation.AllOf(server.Get<EndpointDataSource>()).Where(l => l.Method == "GET" && !l.Operation.Example.StartsWith("/api/tables/", StringComparison.Ordinal)))
        {
            // A table of one's own is not there before somebody brings it; OwnTableTests do.
            using var response = await server.Client.GetAsync(listed.Operation.Example, Token);

            Assert.True(response.IsSuccessStatusCode, $"{listed.Operation.Example}: {response.StatusCode} {await response.Content.ReadAsStringAsync(Token)}");
            Assert.Equal(listed.Operation.Answer.ContentType, response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Page_ForPeople_ListsEveryOperationWithoutAnythingFromElsewhere()
    {
        var html = Fakes.Rendering.Plain(await server.TextAsync("/api"));

        Assert.All(ListedOperation.AllOf(server.Get<EndpointDataSource>()), l => Assert.Contains($"id=\"{l.Operation.Id}\"", html, StringComparison.Ordinal));
        Assert.Contains($"curl '{server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}/api/sweeps/1'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"http", html, StringComparison.Ordinal);
    }
}
