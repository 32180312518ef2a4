using Stepsize.Data.Database;
using Stepsize.Training.Faults;

namespace Stepsize.Data.Tests.Database;

public sealed class DatabaseOptionsTests
{
    [Fact]
    public void Parse_Path_IsASqliteFileWithItsFullPath()
    {
        var options = DatabaseOptions.Parse("some.db");

        Assert.True(options.IsSqlite);
        Assert.Equal(Path.GetFullPath("some.db"), options.SqliteFile);
    }

    [Theory]
    [InlineData("Host=db;Database=stepsize;Username=me;Password=secret")]
    [InlineData("Username=me;Password=secret; host=db;Database=stepsize")]
    [InlineData("Server=db;Database=stepsize;Username=me;Password=secret")]
    public void Parse_ConnectionString_IsPostgreSqlAndHidesThePassword(string text)
    {
        var options = DatabaseOptions.Parse(text);

        Assert.False(options.IsSqlite);
        Assert.Equal("stepsize on db", options.DisplayName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Host=db;Colour=blue")]
    [InlineData("Host=db;Port=many")]
    public void Parse_Unusable_IsRefusedWithAMessage(string? text)
    {
        var fault = Assert.Throws<InvalidInputException>(() => DatabaseOptions.Parse(text));

        Assert.DoesNotContain('\n', fault.Message);
    }
}
