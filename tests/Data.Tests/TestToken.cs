namespace Stepsize.Data.Tests;

/// <summary>The running test's cancellation, by a short name.</summary>
internal static class TestToken
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;
}
