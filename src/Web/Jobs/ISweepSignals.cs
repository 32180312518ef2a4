namespace Stepsize.Web.Jobs;

/// <summary>Says that something about a sweep has changed, without saying what: pages read again.</summary>
public interface ISweepSignals
{
    /// <param name="sweepId">One sweep, or null for all.</param>
    /// <param name="changed">Called from any thread, often; the subscriber throttles.</param>
    /// <returns>Dispose to unsubscribe.</returns>
    IDisposable Subscribe(long? sweepId, Action changed);

    void Publish(long sweepId);
}
