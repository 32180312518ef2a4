using System.Reflection;
using Microsoft.AspNetCore.Components;
using Stepsize.Web.Components;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class AddressNumberTests
{
    [Theory]
    [InlineData("12", 12)]
    [InlineData("2147483647", 2147483647)]
    [InlineData("2147483648", null)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("final", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Whole_TextOfAnAddress_IsANumberFrom1OrNothing(string? text, int? expected) => Assert.Equal(expected, AddressNumber.Whole(text));

    [Fact]
    public void Id_LargerThanAnyIterations_IsRead() => Assert.Equal(long.MaxValue, AddressNumber.Id("9223372036854775807"));

    /// <summary>The framework answers 500 where a parameter of another type cannot be read.</summary>
    [Fact]
    public void Parameters_OfEveryPage_AreTextsThatPagesReadThemselves()
    {
        var typed = typeof(App).Assembly.GetTypes()
            .SelectMany(t => t.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null && p.PropertyType != typeof(string) && p.PropertyType != typeof(string[]))
            .Select(p => $"{p.DeclaringType!.Name}.{p.Name}");

        Assert.Empty(typed);
    }
}
