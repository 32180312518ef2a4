using Xunit;

namespace Stepsize.Web.Tests.Hosting;

/// <summary>A dashboard that the tests of a class share, and leave as it was.</summary>
public abstract class SharedDashboard(Func<Web.Hosting.ProgramSettings, Web.Hosting.ProgramSettings>? change = null) : IAsyncLifetime
{
    internal HostedDashboard Hosted { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hosted = await HostedDashboard.StartAsync(change);
        await PrepareAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Hosted.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task PrepareAsync() => Task.CompletedTask;
}

/// <summary>As people start it.</summary>
public sealed class PlainDashboard : SharedDashboard;
