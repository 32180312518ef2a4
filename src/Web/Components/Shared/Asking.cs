using Stepsize.Training.Faults;

namespace Stepsize.Web.Components.Shared;

/// <summary>What a person asked for with a button: that it is being done, and what came of it, in a sentence.</summary>
public sealed class Asking
{
    public bool IsWorking { get; private set; }

    /// <summary>Why it was refused; null where it was not.</summary>
    public string? Fault { get; private set; }

    /// <summary>What was done; null where nothing was.</summary>
    public string? News { get; private set; }

    /// <param name="news">What to say where it was done.</param>
    /// <returns>Whether it was done. What is refused is said in <see cref="Fault"/>.</returns>
    public async Task<bool> TryAsync(Func<Task> act, string? news = null)
    {
        (IsWorking, Fault, News) = (true, null, null);
        try
        {
            await act();
            News = news;
            return true;
        }
        catch (InvalidInputException e)
        {
            Fault = e.Message;
            return false;
        }
        finally
        {
            IsWorking = false;
        }
    }

    public void Forget() => (Fault, News) = (null, null);
}
