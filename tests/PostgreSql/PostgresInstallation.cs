namespace Stepsize.Tests.PostgreSql;

/// <summary>PostgreSQL's programs, where they are installed: in Debian's folder of the newest version, else among the commands.</summary>
internal static class PostgresInstallation
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>Folder of <c>initdb</c> and <c>postgres</c>; null where there is none.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    private static IEnumerable<string> Candidates()
    {
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return versions.OrderByDescending(v => int.TryParse(Path.GetFileName(v), out var number) ? number : 0).Select(v => Path.Combine(v, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
    }
}
