using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public class TimeTextTests
{
    [Theory]
    [InlineData(0.2, "less than 1 s")]
    [InlineData(42, "42 s")]
    [InlineData(200, "3 min")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(86400, "24 h")]
    [InlineData(400000, "5 days")]
    public void Of_Seconds_AreSaidAsPeopleDo(double seconds, string expected) => Assert.Equal(expected, TimeText.Of(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(10, "just now")]
    [InlineData(300, "5 min ago")]
    [InlineData(86400 * 3, "26 Feb 2026")]
    public void Ago_Moment_IsADateWhenLongPast(double seconds, string expected)
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(expected, TimeText.Ago(now.AddSeconds(-seconds), now));
    }
}
