namespace Stepsize.Torch.Loading;

/// <summary>What a system or library said, as a part of a sentence.</summary>
internal static class OneLine
{
    private const int Longest = 300;

    /// <summary>Its first line, cut where it is very long.</summary>
    public static string Of(string message)
    {
        var line = message.AsSpan().TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        line = (end < 0 ? line : line[..end]).TrimEnd();
        return line.Length <= Longest ? line.ToString() : $"{line[..Longest]}…";
    }
}
