using System.Text.Json.Nodes;

namespace Stepsize.Training.Papers;

/// <summary>JSON files that are built into the assembly.</summary>
internal static class EmbeddedJson
{
    /// <param name="name">Folders and file, with dots, below the project's folder.</param>
    public static JsonObject Load(string name)
    {
        using var stream = typeof(EmbeddedJson).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without its resource {name}.");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
