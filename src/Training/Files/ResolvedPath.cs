namespace Stepsize.Training.Files;

/// <summary>Where a path leads once every symbolic link on the way is followed, be there a file at its end or not.</summary>
public static class ResolvedPath
{
    /// <summary>What Linux allows too.</summary>
    private const int MostLinks = 40;

    /// <returns>A full path without symbolic links.</returns>
    /// <exception cref="IOException">Links lead in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var reached = Path.GetPathRoot(full)!;
        var ahead = new Stack<string>();
        Push(ahead, full[reached.Length..]);
        for (var links = 0; ahead.TryPop(out var name);)
        {
            if (name == "..")
            {
                reached = Path.GetDirectoryName(reached) ?? reached;
                continue;
            }

            var next = Path.Combine(reached, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                reached = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"The symbolic links of {path} lead in a circle.");
            }

            // A relative target starts from the folder that really holds the link.
            if (Path.IsPathRooted(target))
            {
                reached = Path.GetPathRoot(target)!;
                target = target[reached.Length..];
            }

            Push(ahead, target);
        }

        return reached;
    }

    private static void Push(Stack<string> ahead, string path)
    {
        foreach (var name in path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            if (name != ".")
            {
                ahead.Push(name);
            }
        }
    }
}
