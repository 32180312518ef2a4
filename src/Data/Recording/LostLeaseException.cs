namespace Stepsize.Data.Recording;

/// <summary>
/// The claim under which something was recorded does not hold any more: the cohort was changed, stopped or given to somebody else. Nothing of what was recorded
/// may be stored, and nothing has failed.
/// </summary>
/// <param name="recorder">Of the cohort.</param>
/// <param name="run">The run that was taken out of the cohort; null where the whole cohort is lost.</param>
internal sealed class LostLeaseException(CohortRecorder recorder, long? run) : Exception("The lease of the cohort or of one of its runs is lost.")
{
    public CohortRecorder Recorder => recorder;

    public long? Run => run;
}
