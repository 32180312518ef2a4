using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Stepsize.Web.Components.Widgets;

/// <summary>Opens dialogs over the page. Escape closes them, focus goes back to where they were opened, and they go with what opened them.</summary>
public sealed class Dialogs(IDialogService dialogs, WidgetFiles files)
{
    private static readonly DialogOptions Narrow = new() { CloseOnEscapeKey = true, MaxWidth = MaxWidth.ExtraSmall };
    private static readonly DialogOptions Wide = new() { CloseOnEscapeKey = true, MaxWidth = MaxWidth.Medium, FullWidth = true, BackdropClick = false };

    /// <param name="leaving">Takes the question away: what it is about is no longer there.</param>
    /// <returns>Whether the answer was yes.</returns>
    public async Task<bool> AskAsync(Question question, CancellationToken leaving) =>
        await ResultAsync<QuestionDialog>(new DialogParameters<QuestionDialog> { { d => d.Question, question } }, Narrow, leaving) is not null;

    /// <summary>Shows a panel until it closes itself with what it has done, or is closed.</summary>
    /// <returns>What was done, in words; null where nothing was.</returns>
    public async Task<string?> ShowAsync<TPanel>(DialogParameters<TPanel> parameters, CancellationToken leaving)
        where TPanel : IComponent =>
        (await ResultAsync<TPanel>(parameters, Wide, leaving))?.Data as string;

    /// <returns>Null where it was closed without an answer.</returns>
    private async Task<DialogResult?> ResultAsync<TDialog>(DialogParameters parameters, DialogOptions options, CancellationToken leaving)
        where TDialog : IComponent
    {
        await files.LoadAsync();
        if (leaving.IsCancellationRequested)
        {
            return null;
        }

        var shown = await dialogs.ShowAsync<TDialog>(null, parameters, options);
        await using var registration = leaving.Register(shown.Close);
        return await shown.Result is { Canceled: false } result && !leaving.IsCancellationRequested ? result : null;
    }
}
