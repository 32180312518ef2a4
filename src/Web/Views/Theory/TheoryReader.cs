using System.Collections.Concurrent;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Views.Theory;

/// <summary>
/// Computes what theory knows of a sweep's problem, once, outside the circuits: preparing a problem and its eigenvalues can take seconds. Shared by all circuits.
/// </summary>
public sealed class TheoryReader(DatasetFolders datasets)
{
    /// <summary>Far more problems than a dashboard shows; beyond it, everything is forgotten rather than tracked.</summary>
    private const int Kept = 200;

    private readonly ConcurrentDictionary<string, Lazy<Task<TheoryFacts?>>> _facts = new(StringComparer.Ordinal);

    /// <returns>Null where theory knows nothing, or the data is not there.</returns>
    public Task<TheoryFacts?> ReadAsync(SweepSpecification sweep)
    {
        if (!sweep.Workload.KnowsSmoothness)
        {
            return Task.FromResult<TheoryFacts?>(null);
        }

        if (_facts.Count >= Kept)
        {
            _facts.Clear();
        }

        return Task.Run(() => FindAsync(sweep));
    }

    private Task<TheoryFacts?> FindAsync(SweepSpecification sweep)
    {
        string version;
        try
        {
            version = sweep.Workload.DataVersion(sweep.WorkloadOptions, datasets);
        }
        catch (InvalidInputException)
        {
            return Task.FromResult<TheoryFacts?>(null);
        }

        var key = FormattableString.Invariant($"{sweep.Workload.Id} {sweep.WorkloadOptions.ToJson().ToJsonString()} {sweep.BatchSize} {sweep.Seeds[0]} {version}");
        return _facts.GetOrAdd(key, _ => new Lazy<Task<TheoryFacts?>>(() => Task.Run(() => Compute(sweep)))).Value;
    }

    private TheoryFacts? Compute(SweepSpecification sweep)
    {
        try
        {
            var problem = sweep.Workload.Prepare(sweep.WorkloadOptions, datasets);
            return problem.Smoothness is { } smoothness && double.IsFinite(smoothness) && smoothness > 0
                ? new TheoryFacts(smoothness, problem.Constants) { Batch = problem.BatchCurvature(sweep.BatchSize, sweep.Seeds[0]) }
                : null;
        }
        catch (InvalidInputException)
        {
            // The runs say what is wrong with the data; a line less is no reason to say it again.
            return null;
        }
    }
}
