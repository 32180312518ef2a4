using System.Text;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Execution;

/// <summary>
/// The name of the engine that wrote a checkpoint, in its first bytes: another engine's state means something else, whatever its length. Checkpoints of earlier
/// versions have no name; the CPU engine wrote them.
/// </summary>
internal static class CheckpointEngine
{
    private const int LongestName = 255;

    private static ReadOnlySpan<byte> Mark => "stepsize"u8;

    /// <summary>What comes before the state: a mark, the length of the name in a byte, and the name.</summary>
    public static byte[] Header(string engine)
    {
        var name = Encoding.UTF8.GetBytes(engine);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, LongestName, nameof(engine));
        return [.. Mark, (byte)name.Length, .. name];
    }

    /// <summary>The engine that wrote a checkpoint; null where it does not say.</summary>
    public static string? Of(ReadOnlySpan<byte> checkpoint) =>
        checkpoint.StartsWith(Mark) && checkpoint.Length > Mark.Length && checkpoint.Length > Mark.Length + checkpoint[Mark.Length]
            ? Encoding.UTF8.GetString(checkpoint.Slice(Mark.Length + 1, checkpoint[Mark.Length]))
            : null;

    /// <summary>The state in a checkpoint of this engine.</summary>
    /// <param name="takesNameless">Whether one that does not say who wrote it is this engine's.</param>
    /// <exception cref="InvalidInputException">Another engine wrote it.</exception>
    public static ReadOnlySpan<byte> StateOf(ReadOnlySpan<byte> checkpoint, string engine, bool takesNameless)
    {
        var writer = Of(checkpoint);
        if (writer == engine || (writer is null && takesNameless))
        {
            return writer is null ? checkpoint : checkpoint[(Mark.Length + 1 + checkpoint[Mark.Length])..];
        }

        throw new InvalidInputException(
            "checkpoint", $"the engine {writer ?? "of an earlier version"} wrote it, and {engine} does not go on with its numbers; train on the device that it was begun on, or delete the run and run it again.");
    }
}
