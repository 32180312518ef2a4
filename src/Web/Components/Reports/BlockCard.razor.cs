using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Faults;
using Stepsize.Web.Reports;

namespace Stepsize.Web.Components.Reports;

/// <summary>One block in the editor, with a preview of what it shows now.</summary>
public sealed partial class BlockCard : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private ElementReference _up;
    private ElementReference _down;
    private ReportBlock? _wanted;
    private FrozenBlock? _content;
    private string? _fault;

    [Inject]
    public required BlockReader Reader { get; init; }

    [Parameter, EditorRequired]
    public required ReportBlock Block { get; set; }

    /// <summary>Place on the page, from 1.</summary>
    [Parameter, EditorRequired]
    public required int Number { get; set; }

    [Parameter, EditorRequired]
    public required int Total { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<SweepSummary> Sweeps { get; set; }

    [Parameter]
    public EventCallback<ReportBlock> OnChange { get; set; }

    /// <summary>Gets −1 for up and 1 for down.</summary>
    [Parameter]
    public EventCallback<(ReportBlock Block, int By)> OnMove { get; set; }

    [Parameter]
    public EventCallback<ReportBlock> OnRemove { get; set; }

    /// <summary>Puts the focus on the button that moved the block; on the other one where the block cannot go further.</summary>
    public ValueTask FocusAsync(int by) => by < 0 && Number > 1 || Number == Total ? _up.FocusAsync() : _down.FocusAsync();

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Block == _wanted)
        {
            return;
        }

        var block = _wanted = Block;
        try
        {
            var content = await Reader.ReadAsync(block, _leaving.Token);

            // A later change may have been read sooner.
            if (block == _wanted)
            {
                (_content, _fault) = (content, null);
            }
        }
        catch (InvalidInputException e) when (block == _wanted)
        {
            (_content, _fault) = (null, e.Message);
        }
        catch (InvalidInputException)
        {
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
        }
    }

    private Task OnKey(KeyboardEventArgs key) => key switch
    {
        { AltKey: true, Key: "ArrowUp" } when Number > 1 => OnMove.InvokeAsync((Block, -1)),
        { AltKey: true, Key: "ArrowDown" } when Number < Total => OnMove.InvokeAsync((Block, 1)),
        _ => Task.CompletedTask,
    };
}
