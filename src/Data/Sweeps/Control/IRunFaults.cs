namespace Stepsize.Data.Sweeps.Control;

/// <summary>What went wrong lately.</summary>
public interface IRunFaults
{
    /// <summary>Failed runs, those of the sweeps that trained last first.</summary>
    Task<IReadOnlyList<RunFault>> ListAsync(int most, CancellationToken cancellation);
}
