using System.Text.Json.Nodes;
using Stepsize.Web.Api.Http.Asking;

namespace Stepsize.Web.Api.Http;

/// <summary>What is said of an operation: to the OpenAPI document, to the page /api, and, for its query, to the reader of requests.</summary>
/// <param name="Id">A name for programs that are generated from the document.</param>
/// <param name="Tag">The group it is listed in.</param>
/// <param name="Summary">What it does, in a few words.</param>
internal sealed record ApiOperation(string Id, string Tag, string Summary)
{
    /// <summary>What is not said by summary, parameters and answers.</summary>
    public string Description { get; init; } = "";

    /// <summary>Everything that the query string may hold.</summary>
    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>An address that makes sense once there is a sweep 1.</summary>
    public required string Example { get; init; }

    /// <summary>An example of the JSON that is sent.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>What the body is where it is no JSON: then it is the content of a file.</summary>
    public string? BodyType { get; init; }

    /// <summary>The answer where all went well.</summary>
    public required ApiAnswer Answer { get; init; }

    /// <summary>What can be wrong besides the query and the id, by status.</summary>
    public IReadOnlyDictionary<int, string> Faults { get; init; } = new Dictionary<int, string>();
}

/// <summary>An answer.</summary>
/// <param name="Type">What the JSON holds; null where it is no JSON, or says nothing to a schema.</param>
internal sealed record ApiAnswer(string Description, Type? Type = null, int Status = StatusCodes.Status200OK, string ContentType = ApiAnswer.Json)
{
    public const string Json = "application/json";

    public const string Csv = "text/csv";

    /// <summary>A piece of an answer, as text.</summary>
    public string? Example { get; init; }

    public static ApiAnswer Of<T>(string description, int status = StatusCodes.Status200OK) => new(description, typeof(T), status);
}
