using Microsoft.JSInterop;

namespace Stepsize.Web.Components.Widgets;

/// <summary>
/// The style sheet and the script of MudBlazor's components. A page whose first delivery has such components names the style sheet in its head; whatever shows some
/// later asks here first, so that nothing is seen without its style. Other pages fetch neither.
/// </summary>
public sealed class WidgetFiles(IJSRuntime script)
{
    public const string Style = "lib/mudblazor/mudblazor.css";
    public const string Script = "lib/mudblazor/mudblazor.js";

    /// <summary>Waits until the browser has them. Where they cannot be had, what is shown works without its style.</summary>
    public async Task LoadAsync()
    {
        try
        {
            await script.InvokeVoidAsync("stepsizeWidgets.load");
        }
        catch (JSException)
        {
            // Asked for again at the next occasion.
        }
        catch (JSDisconnectedException)
        {
            // Nobody is there to see it.
        }
    }
}
