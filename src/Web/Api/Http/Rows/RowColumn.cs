using Microsoft.OpenApi;

namespace Stepsize.Web.Api.Http.Rows;

/// <summary>A column of rows: a field of each JSON object, a column of CSV.</summary>
/// <param name="Description">For those who read the document.</param>
internal sealed record RowColumn(string Name, JsonSchemaType Type, string Description)
{
    public static RowColumn Whole(string name, string description) => new(name, JsonSchemaType.Integer, description);

    public static RowColumn Number(string name, string description) => new(name, JsonSchemaType.Number, description);

    public static RowColumn Text(string name, string description) => new(name, JsonSchemaType.String, description);

    public static RowColumn Flag(string name, string description) => new(name, JsonSchemaType.Boolean, description);
}
