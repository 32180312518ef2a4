using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Api.Http.Rows;

namespace Stepsize.Web.Api.Http.Description;

/// <summary>Says in the document what <see cref="ApiOperation"/> says of an operation.</summary>
internal sealed class OperationDescriber : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var described = metadata.OfType<ApiOperation>().Single();
        operation.Parameters =
        [
            .. (operation.Parameters ?? []).Where(p => p.In == ParameterLocation.Path).Select(p => PathParameter(p, context.Description.RelativePath ?? "")),
            .. described.Query.Select(Parameter),
        ];
        if (described.Body is { } body)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ApiAnswer.Json] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object }, Example = body.DeepClone() },
                },
            };
        }
        else if (described.BodyType is { } type)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { [type] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } } },
            };
        }
        else
        {
            operation.RequestBody = null;
        }

        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is OpenApiResponse own)
            {
                own.Description = Describe(described, int.Parse(status, System.Globalization.CultureInfo.InvariantCulture));
                if (status == "204")
                {
                    own.Content = null;
                }
                else if (own.Description == described.Answer.Description && metadata.OfType<RowsDescription>().FirstOrDefault() is { } rows)
                {
                    own.Content = new Dictionary<string, OpenApiMediaType> { [described.Answer.ContentType] = new() { Schema = Schema(described.Answer.ContentType, rows) } };
                }
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What a part of the path stands for follows from the part before it.</summary>
    private static IOpenApiParameter PathParameter(IOpenApiParameter parameter, string path)
    {
        if (parameter is OpenApiParameter own)
        {
            own.Description = (own.Name, path) switch
            {
                ("id", var p) when p.StartsWith("api/sweeps/", StringComparison.Ordinal) => "The sweep's number.",
                ("id", var p) when p.StartsWith("api/runs/", StringComparison.Ordinal) => "The run's number.",
                ("column", _) => "loss, accuracy or stepsize.",
                ("name", _) => "The table's name, such as mine.csv.",
                ("upload", _) => "The word that the answer to the upload gave.",
                ("table", _) => "The table's id, as in /api/papers.",
                _ => "The id, as in the list.",
            };
        }

        return parameter;
    }

    private static OpenApiParameter Parameter(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = parameter.Schema,
        Style = ParameterStyle.Form,
        Explode = false,
        Example = parameter.Example?.DeepClone(),
    };

    private static string Describe(ApiOperation operation, int status) =>
        status == operation.Answer.Status ? operation.Answer.Description
        : operation.Faults.TryGetValue(status, out var fault) ? fault
        : status switch
        {
            StatusCodes.Status400BadRequest => "The request cannot be carried out as given; errors has every fault by its field.",
            StatusCodes.Status404NotFound => "What the address names is not there, or not any more.",
            StatusCodes.Status500InternalServerError => "Something went wrong on the server; its log says what.",
            _ => ReasonPhrases.GetReasonPhrase(status),
        };

    private static OpenApiSchema Schema(string contentType, RowsDescription rows)
    {
        if (contentType == RowFormat.Csv.ContentType)
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "Columns: " + string.Join("; ", rows.Columns.Select(c => $"{c.Name} ({c.Description.TrimEnd('.')})")) + ".",
            };
        }

        var item = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = rows.Columns.ToDictionary(c => c.Name, c => (IOpenApiSchema)Column(c), StringComparer.Ordinal),
        };
        return contentType == ApiAnswer.Json ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = item } : item;
    }

    /// <summary>Any column may not apply.</summary>
    private static OpenApiSchema Column(RowColumn column)
    {
        var schema = new OpenApiSchema { Type = column.Type | JsonSchemaType.Null, Description = column.Description };
        if (column.Type == JsonSchemaType.Number)
        {
            NumberSchema.Apply(schema, isNullable: true);
        }

        return schema;
    }
}
