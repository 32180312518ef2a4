using System.Globalization;

namespace Stepsize.Training.Execution;

/// <summary>Orders names of engines such as <c>cpu 3</c>: a kind and a version, which grows whenever results change in any bit.</summary>
public static class EngineVersion
{
    /// <summary>Whether an engine is an earlier version of another; engines of different kinds are not compared.</summary>
    public static bool IsEarlier(string engine, string current) =>
        Split(engine) is { } one && Split(current) is { } other && one.Kind == other.Kind && one.Version < other.Version;

    private static (string Kind, Version Version)? Split(string engine)
    {
        var space = engine.LastIndexOf(' ');
        if (space < 0)
        {
            return null;
        }

        var text = engine[(space + 1)..];
        return Version.TryParse(text, out var version) ? (engine[..space], version)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? (engine[..space], new Version(whole, 0))
            : null;
    }
}
