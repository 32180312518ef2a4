using Microsoft.OpenApi;

namespace Stepsize.Web.Api.Http.Description;

/// <summary>How a number is described that JSON may have to write as a text.</summary>
internal static class NumberSchema
{
    public static void Apply(OpenApiSchema schema, bool isNullable)
    {
        schema.Type = null;
        schema.Format = null;
        schema.AnyOf =
        [
            new OpenApiSchema { Type = isNullable ? JsonSchemaType.Number | JsonSchemaType.Null : JsonSchemaType.Number },
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["NaN", "Infinity", "-Infinity"] },
        ];
    }
}
