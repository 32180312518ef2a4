using Microsoft.AspNetCore.Components;

namespace Stepsize.Web.Components.Shared;

/// <summary>Something that reads while it is shown: what it waits for ends when it is left.</summary>
public abstract class ReadingComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    protected ReadingComponent()
    {
        Leaving = _leaving.Token;
    }

    /// <summary>Cancelled when the component is left.</summary>
    protected CancellationToken Leaving { get; }

    public virtual async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>For what is not awaited by the renderer: leaving ends it without a word, and any other failure is shown in the page's place.</summary>
    protected async Task GuardAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }
}
