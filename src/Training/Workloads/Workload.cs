using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>
/// Data, model and loss as people choose them. One file each; listing it in <see cref="WorkloadRegistry"/> puts it into the form, the command
/// line and the documentation.
/// </summary>
public abstract class Workload
{
    public abstract string Id { get; }

    public abstract string Title { get; }

    /// <summary>Authors, year and figure or table.</summary>
    public abstract string Source { get; }

    public abstract string Summary { get; }

    /// <summary>What it can be told: its own options, then those that workloads have in common.</summary>
    public IReadOnlyList<OptionDefinition> Options => field ??= [.. OwnOptions, Precision, .. HasLastBatch ? [LastBatch.Option] : Array.Empty<OptionDefinition>()];

    /// <summary>Options of this workload alone.</summary>
    protected virtual IReadOnlyList<OptionDefinition> OwnOptions => [];

    /// <summary>The option <c>precision</c>, with what is its default here.</summary>
    protected virtual OptionDefinition Precision => Workloads.Precision.Float;

    /// <summary>Whether an epoch may end with a mini-batch that is not full.</summary>
    protected virtual bool HasLastBatch => true;

    public abstract int DefaultBatchSize { get; }

    public virtual int DefaultEpochs => 5;

    /// <summary>Whether training to the paper's length on a CPU is out of reach.</summary>
    public virtual bool NeedsGpu => false;

    /// <summary>Whether its problems are networks (<see cref="NetworkProblem{T}"/>), which other engines than the CPU's can train too.</summary>
    public virtual bool HasNetwork => false;

    /// <summary>Whether its problems know their <see cref="Problem.Smoothness"/>: pages then prepare one, to draw where the stepsize is 2/L.</summary>
    public virtual bool KnowsSmoothness => false;

    /// <summary>The measure that says how far training came, where it is not the first that evaluations hold; null else.</summary>
    public virtual Measure? LeadingMeasure => null;

    /// <summary>Size and cost, known without loading any data: the form's estimate and the checks before training read it.</summary>
    public abstract WorkloadSize Measure(OptionSet options);

    /// <summary>
    /// Memory that it takes with these options, for workloads whose sizes are options: each may be allowed alone and their product may not. Asked before
    /// <see cref="Measure"/>, which need not cope with sizes that are refused.
    /// </summary>
    /// <returns>Null where sizes are fixed.</returns>
    public virtual MemoryNeed? EstimateMemory(OptionSet options, int batchSize) => null;

    /// <summary>Classes that it tells apart, so that guessing is right once in so many; null where it does not classify, or only the data tells.</summary>
    public virtual int? ClassCount(OptionSet options) => null;

    /// <summary>
    /// A text that is another whenever the data that <see cref="Prepare"/> would read is: what is kept of a problem is kept under it, so that data which was
    /// replaced is read again. Empty where files are known by their checksums, and others are refused.
    /// </summary>
    /// <exception cref="InvalidInputException">The data is missing or corrupt.</exception>
    public virtual string DataVersion(OptionSet options, DatasetFolders datasets) => "";

    /// <summary>SHA-256 by name of the data as it is now, for data that a person may replace; null for all else.</summary>
    /// <exception cref="InvalidInputException">It is missing or corrupt.</exception>
    public virtual IReadOnlyDictionary<string, string>? CurrentChecksums(OptionSet options, DatasetFolders datasets) => null;

    /// <summary>Adds what is wrong with the data for these options, as far as it can be known at once: asked before a sweep is started.</summary>
    public virtual void CheckData(OptionSet options, DatasetFolders datasets, FaultList faults)
    {
    }

    /// <summary>What a person should know of the data for these options and may not have meant, a sentence each.</summary>
    public virtual IReadOnlyList<string> Remarks(OptionSet options, DatasetFolders datasets) => [];

    /// <summary>Loads the data and builds the problem. Slow; the result is shared and cached by the executor.</summary>
    /// <exception cref="InvalidInputException">Data is missing or corrupt, or shapes do not fit.</exception>
    public abstract Problem Prepare(OptionSet options, DatasetFolders datasets);
}
