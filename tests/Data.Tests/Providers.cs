namespace Stepsize.Data.Tests;

public enum Provider
{
    Sqlite,
    PostgreSql,
}

/// <summary>
/// Databases that tests run on: SQLite always, PostgreSQL where <c>STEPSIZE_TEST_POSTGRES</c> holds a connection string of a user who may create databases.
/// </summary>
public sealed class Providers : TheoryData<Provider>
{
    public Providers()
    {
        Add(Provider.Sqlite);
        if (PostgreSqlConnection is not null)
        {
            Add(Provider.PostgreSql);
        }
    }

    public static string? PostgreSqlConnection { get; } = Environment.GetEnvironmentVariable("STEPSIZE_TEST_POSTGRES");
}
