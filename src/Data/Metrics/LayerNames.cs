namespace Stepsize.Data.Metrics;

/// <summary>Names of parameter tensors as one text. They are identifiers with dots, and hold no line breaks.</summary>
internal static class LayerNames
{
    public static string Write(IReadOnlyList<string> names) => string.Join('\n', names);

    public static string[] Read(string text) => text.Split('\n');
}
