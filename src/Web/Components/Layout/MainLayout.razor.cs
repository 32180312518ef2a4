using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Stepsize.Web.Components.Layout;

/// <summary>Navigation, the page, and what is shown in its place when it fails.</summary>
public sealed partial class MainLayout
{
    private ErrorBoundary? _boundary;
    private bool _connected;

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private static string Version { get; } = typeof(MainLayout).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>With the page's own path: the document's base would turn a bare fragment into the start page.</summary>
    private string SkipTarget => new Uri(Navigation.Uri).PathAndQuery + "#content";

    /// <summary>Another page gets another chance.</summary>
    protected override void OnParametersSet() => Recover();

    /// <summary>Fields are enabled once what the page draws is listened to, also by scripts: a file chosen before would be lost.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            // Children come after their parent: their scripts are asked for first.
            await Task.Yield();
            _connected = true;
            StateHasChanged();
        }
    }

    private void Recover() => _boundary?.Recover();
}
