namespace Stepsize.Data.Tests;

public enum Provider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Databases that tests run on: SQLite, and PostgreSQL, without which its tests are skipped.</summary>
public sealed class Providers : TheoryData<Provider>
{
    public Providers()
    {
        Add(Provider.Sqlite);
        Add(Provider.PostgreSql);
    }
}
