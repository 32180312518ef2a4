namespace Stepsize.Training.Execution;

/// <summary>How long a run goes on between two segments: one rule for every executor.</summary>
internal static class SegmentLength
{
    /// <summary>Checkpoints are written at most this fast a thread, so that large models do not fill the disk's time.</summary>
    private const double CheckpointBytesPerSecond = 4 << 20;

    private const double LongestSeconds = 30;

    /// <param name="bytes">Of the checkpoints of all runs that are trained together.</param>
    public static TimeSpan Of(double bytes) => TimeSpan.FromSeconds(Math.Clamp(bytes / CheckpointBytesPerSecond, 1, LongestSeconds));
}
