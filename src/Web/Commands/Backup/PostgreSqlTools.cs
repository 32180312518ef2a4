using System.Globalization;
using Npgsql;
using Stepsize.Data.Database;

namespace Stepsize.Web.Commands.Backup;

/// <summary>The commands that copy and restore a PostgreSQL database, without its password: they ask for it, or take it from PGPASSWORD or ~/.pgpass.</summary>
internal static class PostgreSqlTools
{
    public static string Dump(DatabaseOptions database, string file) =>
        $"pg_dump --format=custom --file={Quote(file)} {Server(database, out var name)} {Quote(name)}";

    public static string Restore(DatabaseOptions database, string file) =>
        $"pg_restore --clean --if-exists --single-transaction {Server(database, out var name)} --dbname={Quote(name)} {Quote(file)}";

    private static string Server(DatabaseOptions database, out string name)
    {
        var parts = new NpgsqlConnectionStringBuilder(database.PostgreSqlConnection);
        name = parts.Database ?? parts.Username ?? "";
        var user = string.IsNullOrEmpty(parts.Username) ? "" : $" --username={Quote(parts.Username)}";
        return string.Create(CultureInfo.InvariantCulture, $"--host={Quote(parts.Host ?? "localhost")} --port={parts.Port}{user}");
    }

    /// <summary>For a POSIX shell.</summary>
    private static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=@%+,".Contains(c, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
