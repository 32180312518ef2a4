using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using Microsoft.OpenApi;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Description;

namespace Stepsize.Web.Hosting.Pages;

/// <summary>Operations for people.</summary>
public sealed partial class ApiDocument
{
    [Parameter, EditorRequired]
    public required string Server { get; set; }

    [Inject]
    public required EndpointDataSource Endpoints { get; init; }

    private IEnumerable<IGrouping<string, ListedOperation>> Groups =>
        ListedOperation.AllOf(Endpoints).GroupBy(l => l.Operation.Tag).OrderBy(g => ApiTags.All.Index().First(t => t.Item == g.Key).Index);

    private static string Anchor(string tag) => tag.ToLowerInvariant();

    /// <summary>What a parameter may be, where its description does not say it.</summary>
    private static string Allowed(QueryParameter parameter)
    {
        var schema = parameter.Schema;
        var words = schema.Enum ?? (schema.Items as OpenApiSchema)?.Enum;
        return words is { Count: > 0 } ? $"Allowed: {string.Join(", ", words.Select(w => w.GetValue<string>()))}."
            : schema.Type == JsonSchemaType.Integer ? Range(schema)
            : "";
    }

    private static string Range(OpenApiSchema schema) =>
        (schema.Maximum == int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)
            ? $"A whole number from {schema.Minimum}"
            : $"A whole number from {schema.Minimum} to {schema.Maximum}")
        + (schema.Default is { } value ? $"; {value.ToJsonString()} where it is left out." : ".");

    /// <summary>A line for a shell; addresses hold nothing that single quotes would not keep.</summary>
    private string Curl(ListedOperation listed)
    {
        var address = $"'{Server}{listed.Operation.Example}'";
        return listed.Method switch
        {
            "GET" when listed.Path.Contains('.', StringComparison.Ordinal) => $"curl -OJ {address}",
            "GET" => $"curl {address}",
            "DELETE" => $"curl -X DELETE {address}",
            _ when listed.Operation.BodyType is { } type => $"curl -H 'Content-Type: {type}' --data-binary @mine.csv \\\n  {address}",
            _ => $"curl -X {listed.Method} -H 'Content-Type: application/json' \\\n  -d '{(listed.Operation.Body ?? new JsonObject()).ToJsonString()}' \\\n  {address}",
        };
    }
}
