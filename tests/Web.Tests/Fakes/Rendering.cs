using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Renders one component to HTML, as the first delivery of a page does.</summary>
internal static class Rendering
{
    public static async Task<string> HtmlAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await using var services = new ServiceCollection()
            .AddSingleton<NavigationManager>(new FakeNavigation())
            .AddSingleton<IJSRuntime>(new NoScript())
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value)));
            return Plain(root.ToHtmlString());
        });
    }

    /// <summary>
    /// Without what scoped styles, encoding and Blazor's own markers add, so that tests say what people see. The markers hold encrypted text in base64,
    /// in which any short word turns up by chance.
    /// </summary>
    public static string Plain(string html) => WebUtility.HtmlDecode(
        Regex.Replace(html, " b-[a-z0-9]{10}(?=[ >])|<!--Blazor[^>]*-->", "", RegexOptions.None, TimeSpan.FromSeconds(30)));

    private sealed class FakeNavigation : NavigationManager
    {
        public FakeNavigation() => Initialize("http://localhost/", "http://localhost/sweeps/1?measure=train-loss");
    }

    private sealed class NoScript : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            throw new InvalidOperationException("A first delivery has no scripts.");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            InvokeAsync<TValue>(identifier, args);
    }
}
