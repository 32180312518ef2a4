using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Stepsize.Web.Components.Widgets;

/// <summary>Says at the edge of the page what was done.</summary>
public sealed class Notices(ISnackbar snackbar, WidgetFiles files)
{
    /// <summary>For some seconds.</summary>
    public async Task TellAsync(string news)
    {
        await files.LoadAsync();
        snackbar.Add(news);
    }

    /// <summary>With a button that takes it back; stays until it is closed, used or <see cref="Withdraw"/>n.</summary>
    /// <param name="page">Where it is said if the undoing fails.</param>
    /// <param name="key">Takes the place of an earlier offer of the same key.</param>
    public async Task OfferUndoAsync(string key, RenderFragment news, IComponent page, Func<Task> undo)
    {
        await files.LoadAsync();
        Withdraw(key);
        var once = EventCallback.Factory.Create(page, () =>
        {
            Withdraw(key);
            return undo();
        });
        snackbar.Add<UndoNotice>(
            new Dictionary<string, object> { [nameof(UndoNotice.ChildContent)] = news, [nameof(UndoNotice.OnUndo)] = once },
            Severity.Normal,
            options => (options.RequireInteraction, options.DuplicatesBehavior) = (true, SnackbarDuplicatesBehavior.Allow),
            key);
    }

    public void Withdraw(string key) => snackbar.RemoveByKey(key);
}
