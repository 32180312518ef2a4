namespace Stepsize.Web.Tests;

/// <summary>Whether tests that can be had in a short and a long form run in the long one: <c>./test.sh long</c> sets STEPSIZE_LONG_TESTS=1.</summary>
internal static class LongTests
{
    public static bool AreOn { get; } = Environment.GetEnvironmentVariable("STEPSIZE_LONG_TESTS") == "1";
}
