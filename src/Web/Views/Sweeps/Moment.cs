using Stepsize.Data.Sweeps;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>A point of the training at which all runs are measured.</summary>
/// <param name="Slug">For addresses: <c>end</c>, <c>epoch-5</c> or <c>iteration-200</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Iteration">Iterations made before it; null for the end of the run.</param>
public sealed record Moment(string Slug, string Title, int? Iteration)
{
    public static Moment End { get; } = new("end", "end of training", null);

    /// <summary>Those of a sweep in their order, the end last.</summary>
    public static IReadOnlyList<Moment> Of(SweepSpecification sweep)
    {
        var size = sweep.Workload.Measure(sweep.WorkloadOptions);
        var length = sweep.IterationsPerRun(size);
        var perEpoch = sweep.IterationsPerEpoch(size);
        return
        [
            .. sweep.EvaluateAtEpochs.Select(e => new Moment($"epoch-{e}", $"epoch {e}", e * perEpoch))
                .Concat(sweep.EvaluateAtIterations.Select(i => new Moment($"iteration-{i}", $"iteration {NumberText.Whole(i)}", i)))
                .Where(m => m.Iteration < length)
                .DistinctBy(m => m.Iteration)
                .OrderBy(m => m.Iteration),
            End,
        ];
    }
}
