using Microsoft.AspNetCore.WebUtilities;
using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Comparison;
using Xunit;

namespace Stepsize.Web.Tests.Comparison;

public class ComparisonAddressTests
{
    [Theory]
    [InlineData("compare")]
    [InlineData("compare?sweeps=3.5")]
    [InlineData("compare?sweeps=3.5&rows=3-0.5-1&measure=train-loss&at=epoch-2&stat=last-4&a=3&b=5-1&scale=decades")]
    public void Parse_Address_ComesBack(string address) => Assert.Equal(address, Parse(address).ToString());

    [Theory]
    [InlineData("/compare?sweeps=3&sweeps=5")]
    [InlineData("compare?sweeps=3.5")]
    [InlineData("/compare?sweeps=3.5.3")]
    public void Parse_FormsAndRepetitions_AreOneListEachOnce(string address)
    {
        var parsed = Parse(address);

        Assert.Equal([3, 5], parsed.Sweeps);
        Assert.Empty(parsed.Faults);
    }

    [Fact]
    public void Parse_Nonsense_IsLeftOutAndNamed()
    {
        var parsed = Parse("/compare?sweeps=1.-2.x.9999999999999999999999&rows=1.2-x&measure=speed&stat=worst&a=1-2-3&b=&scale=no");

        Assert.Equal([1], parsed.Sweeps);
        Assert.Equal((null, RunStatistic.Final, null), (parsed.Measure, parsed.Statistic, parsed.A));
        Assert.Empty(parsed.Rows);
        Assert.Equal(8, parsed.Faults.Count);
        Assert.All(parsed.Faults, f => Assert.Matches("was not understood and is left out; give .+\\.$", f));
    }

    [Fact]
    public void Parse_MoreThanTenSweeps_ShowsTen()
    {
        var parsed = Parse("/compare?sweeps=" + string.Join('.', Enumerable.Range(1, 10_000)));

        Assert.Equal(10, parsed.Sweeps.Count);
        Assert.Contains("the first 10 of 10000 are shown", Assert.Single(parsed.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutSweep_ChosenAsASide_IsForgottenEverywhere()
    {
        var address = Parse("/compare?sweeps=3.5&rows=3-0.5-1&a=3&b=5-1").WithoutSweep(5);

        Assert.Equal("compare?sweeps=3&rows=3-0&a=3", address.ToString());
    }

    [Fact]
    public void WithRows_TrackThatWasASide_LeavesTheSide()
    {
        var address = Parse("/compare?sweeps=3&rows=3-0.3-1&a=3-1&b=3-0");

        Assert.Equal("compare?sweeps=3&rows=3-0&b=3-0", address.WithRows(3, [new ComparisonSide(3, 0)], isAll: false).ToString());
        Assert.Equal("compare?sweeps=3&a=3-1&b=3-0", address.WithRows(3, [new ComparisonSide(3, 0), new ComparisonSide(3, 1)], isAll: true).ToString());
    }

    [Fact]
    public void Parse_Measure_IsRead() => Assert.Equal(Measure.GradientNorm, Parse("/compare?measure=gradient-norm").Measure);

    private static ComparisonAddress Parse(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(new Uri("http://localhost/"), address).Query);
        return ComparisonAddress.Parse(name => [.. query.GetValueOrDefault(name).OfType<string>()]);
    }
}
