using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public class NearestNameTests
{
    private static readonly string[] Names = ["quickstart", "ward-fig3-logreg", "quadratic-2d"];

    [Fact]
    public void Find_NoNames_IsNothing() => Assert.Null(NearestName.Find("quikstart", []));

    [Theory]
    [InlineData("quikstart", "quickstart")]
    [InlineData("QuickStart", "quickstart")]
    [InlineData("quadratic2d", "quadratic-2d")]
    [InlineData("ward-fig3-logerg", "ward-fig3-logreg")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void Find_Misspelt_IsTheNearestOrNothing(string given, string? expected) => Assert.Equal(expected, NearestName.Find(given, Names));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("same", "same", 0)]
    public void Distance_KnownPairs_IsLevenshteins(string a, string b, int expected) => Assert.Equal(expected, NearestName.Distance(a, b));
}
