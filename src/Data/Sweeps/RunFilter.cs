using Stepsize.Training.Execution;

namespace Stepsize.Data.Sweeps;

/// <summary>Which runs of a sweep are wanted; what is null does not restrict.</summary>
public sealed record RunFilter
{
    public static RunFilter All { get; } = new();

    /// <summary>Indices into the specification's optimizers.</summary>
    public IReadOnlyList<int>? Rows { get; init; }

    public IReadOnlyList<double>? AxisValues { get; init; }

    public IReadOnlyList<int>? Seeds { get; init; }

    public IReadOnlyList<RunStatus>? Statuses { get; init; }

    /// <summary>Runs that have not ended have none, and are left out.</summary>
    public IReadOnlyList<RunOutcome>? Outcomes { get; init; }

    internal IQueryable<RunEntity> Of(IQueryable<RunEntity> runs)
    {
        if (Rows is { } rows)
        {
            runs = runs.Where(r => rows.Contains(r.Row));
        }

        if (AxisValues is { } values)
        {
            runs = runs.Where(r => values.Contains(r.AxisValue));
        }

        if (Seeds is { } seeds)
        {
            runs = runs.Where(r => seeds.Contains(r.Seed));
        }

        if (Statuses is { } statuses)
        {
            runs = runs.Where(r => statuses.Contains(r.Status));
        }

        if (Outcomes is { } outcomes)
        {
            runs = runs.Where(r => r.Outcome != null && outcomes.Contains(r.Outcome.Value));
        }

        return runs;
    }
}
