using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Stepsize.Web.Hosting.Access;

/// <summary>What is believed of a reverse proxy, and below which path it may have put the dashboard.</summary>
internal static class Proxies
{
    /// <summary>
    /// Of known proxies alone, the client's address and scheme. The host is never taken from a header of theirs: a page elsewhere whose name is made to
    /// point here could send one, from this very machine. A proxy passes on the header Host that it was sent.
    /// </summary>
    public static IServiceCollection AddKnownProxies(this IServiceCollection services, ProgramSettings settings) => services.Configure<ForwardedHeadersOptions>(options =>
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var known in settings.KnownProxies)
        {
            options.KnownIPNetworks.Add(Network(known));
        }
    });

    public static void UseKnownProxies(this IApplicationBuilder app, ProgramSettings settings)
    {
        if (settings.KnownProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }
    }

    /// <summary>
    /// The dashboard is at the path, whether a proxy passes it on or takes it away: links lead to it either way. Without it the dashboard can be asked too,
    /// as by a check of its health on the machine itself.
    /// </summary>
    public static void UseBasePath(this IApplicationBuilder app, ProgramSettings settings)
    {
        if (settings.PathBase.Length == 0)
        {
            return;
        }

        var pathBase = new PathString(settings.PathBase);
        app.Use((context, next) =>
        {
            var request = context.Request;
            if (request.Path.StartsWithSegments(pathBase, StringComparison.Ordinal, out var rest))
            {
                if (!rest.HasValue && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
                {
                    // Addresses in pages are relative to the path with its slash.
                    context.Response.Redirect($"{settings.PathBase}/{request.QueryString}");
                    return Task.CompletedTask;
                }

                request.Path = rest;
            }

            request.PathBase = pathBase;
            return next(context);
        });
    }

    /// <param name="text">An address, or a network such as <c>10.0.0.0/8</c>; checked with the settings.</param>
    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.Parse(text) is var address && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? new IPNetwork(address, 32) : new IPNetwork(address, 128);
}
