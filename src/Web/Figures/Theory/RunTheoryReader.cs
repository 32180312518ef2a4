using System.Collections.Concurrent;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Theory;

namespace Stepsize.Web.Figures.Theory;

/// <summary>What is known of a problem and of where a run of one seed starts.</summary>
/// <param name="Spectrum">Null for losses that are not quadratic.</param>
/// <param name="Examples">Of the training set.</param>
/// <param name="Constants">Numbers by symbol, such as λ₀.</param>
public sealed record RunFacts(QuadraticSpectrum? Spectrum, int Examples, IReadOnlyDictionary<string, double> Constants);

/// <summary>Reads what a run recorded and sets it beside what theory says of it. Eigenvalues are computed once a problem and seed, outside the circuits.</summary>
public sealed class RunTheoryReader(DatasetFolders datasets, IColumnReader columns, ILayerReader? layers = null)
{
    /// <summary>Problems remembered; beyond it, everything is forgotten rather than tracked.</summary>
    private const int Kept = 100;

    private readonly ConcurrentDictionary<string, Lazy<Task<RunFacts?>>> _facts = new(StringComparer.Ordinal);

    /// <returns>Null where theory says nothing of the run.</returns>
    public async Task<RunTheory?> ReadAsync(SweepSpecification sweep, RunRow run, CancellationToken cancellation)
    {
        var statements = new List<TheoryStatement>();
        IReadOnlyList<Figures.Drawing.LineFigure> figures = [];
        if (sweep.Workload.KnowsSmoothness && run.Iterations > 1 && await FactsAsync(sweep, run.Seed).WaitAsync(cancellation) is { } facts)
        {
            var recorded = new RecordedCurves(
                await ColumnAsync(run.Id, MetricColumn.Loss, cancellation), await ColumnAsync(run.Id, MetricColumn.Stepsize, cancellation));
            var lines = QuadraticTheory.Of(sweep, run, facts, recorded) ?? WideNetworkTheory.Of(sweep, run, facts, recorded);
            statements.AddRange(lines?.Statements ?? []);
            figures = lines?.Figures ?? [];
        }

        if (layers is not null && await LayerTheory.OfAsync(sweep, run, layers, cancellation) is { } lemma)
        {
            statements.Add(lemma);
        }

        return statements.Count == 0 ? null : new RunTheory(figures, statements);
    }

    private async Task<float[]> ColumnAsync(long run, MetricColumn column, CancellationToken cancellation)
    {
        await foreach (var stored in columns.ReadAsync([run], column, cancellation))
        {
            return stored.Values;
        }

        return [];
    }

    private Task<RunFacts?> FactsAsync(SweepSpecification sweep, int seed)
    {
        if (_facts.Count >= Kept)
        {
            _facts.Clear();
        }

        var key = FormattableString.Invariant($"{sweep.Workload.Id} {sweep.WorkloadOptions.ToJson().ToJsonString()} {seed}");
        return _facts.GetOrAdd(key, _ => new Lazy<Task<RunFacts?>>(() => Task.Run(() => Compute(sweep, seed)))).Value;
    }

    private RunFacts? Compute(SweepSpecification sweep, int seed)
    {
        try
        {
            var problem = sweep.Workload.Prepare(sweep.WorkloadOptions, datasets);
            return new RunFacts(problem.Spectrum(seed), problem.TrainingExamples, problem.Constants);
        }
        catch (InvalidInputException)
        {
            // The runs say what is wrong with the data; a line less is no reason to say it again.
            return null;
        }
    }
}
