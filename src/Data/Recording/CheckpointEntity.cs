namespace Stepsize.Data.Recording;

/// <summary>Where an unfinished run can go on; one a run, replaced by each later one and deleted when the run is finished.</summary>
internal sealed class CheckpointEntity
{
    public long RunId { get; set; }

    public int Iteration { get; set; }

    public required byte[] State { get; set; }

    /// <summary>Time spent training so far.</summary>
    public double Seconds { get; set; }
}
