using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;

namespace Stepsize.Web.Hosting.Circuits;

/// <summary>Limits of what open pages take.</summary>
internal static class CircuitRegistration
{
    /// <summary>A specification that is pasted into the form, with what JSON adds to its quotes.</summary>
    private const long LargestMessage = 2 << 20;

    /// <summary>Pages whose connection was lost, kept so that they can come back as they were.</summary>
    private const int MostDisconnected = 50;

    public static IServerSideBlazorBuilder AddCircuitLimits(this IServerSideBlazorBuilder pages)
    {
        pages.Services.AddSingleton<CircuitConnections>();
        pages.Services.AddSingleton<CircuitFilter>();
        pages.Services.Configure<CircuitOptions>(options => options.DisconnectedCircuitMaxRetained = MostDisconnected);
        return pages.AddHubOptions(options =>
        {
            options.MaximumReceiveMessageSize = LargestMessage;
            options.AddFilter<CircuitFilter>();
        });
    }
}
