using Stepsize.Data.Sweeps;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Runs;

/// <summary>Parameters that choose runs of a sweep.</summary>
internal static class RunParameters
{
    private static readonly IdsParameter Optimizer = new("optimizer", "Only runs of these optimizers, by id.");

    private static readonly ListParameter<int> Row = ListParameter.OfWholeNumbers(
        "row", "Only runs of these rows of the specification's optimizers, from 0: tells apart an optimizer that is there with different options.", "row");

    private static readonly ListParameter<double> Value = ListParameter.OfNumbers("value", "Only runs with these axis values.", "number");

    private static readonly ListParameter<int> Seed = ListParameter.OfWholeNumbers("seed", "Only runs with these seeds.", "seed");

    private static readonly ListParameter<RunStatus> Status = ListParameter.OfWords("status", "Only runs that stand so.", "status", Words.All<RunStatus>());

    private static readonly ListParameter<RunOutcome> Outcome = ListParameter.OfWords("outcome", "Only runs that ended so.", "outcome", Words.All<RunOutcome>());

    public static IReadOnlyList<QueryParameter> All { get; } = [Optimizer, Row, Value, Seed, Status, Outcome];

    /// <summary>Runs that are wanted of a sweep.</summary>
    /// <exception cref="InvalidInputException">The sweep has no such optimizer or row.</exception>
    public static RunFilter Of(ApiQuery query, SweepSpecification sweep)
    {
        var faults = new FaultList();
        var rows = RowsOf(query.Get(Optimizer), sweep, faults);
        if (query.Get(Row) is { } given)
        {
            foreach (var row in given.Where(r => r >= sweep.Optimizers.Count))
            {
                faults.Add(Row.Name, $"{row} is not a row of this sweep; it has rows 0 to {sweep.Optimizers.Count - 1}.");
            }

            rows = rows is null ? given : [.. rows.Intersect(given)];
        }

        faults.ThrowIfAny();
        return new RunFilter
        {
            Rows = rows,
            AxisValues = query.Get(Value),
            Seeds = query.Get(Seed),
            Statuses = query.Get(Status),
            Outcomes = query.Get(Outcome),
        };
    }

    private static IReadOnlyList<int>? RowsOf(IReadOnlyList<string>? optimizers, SweepSpecification sweep, FaultList faults)
    {
        if (optimizers is null)
        {
            return null;
        }

        var rows = new List<int>();
        foreach (var id in optimizers)
        {
            var found = Enumerable.Range(0, sweep.Optimizers.Count).Where(row => sweep.Optimizers[row].Optimizer.Id == id).ToList();
            if (found.Count == 0)
            {
                faults.Add(
                    Optimizer.Name,
                    $"\"{Quoting.Short(id)}\" is not an optimizer of this sweep; it has {string.Join(", ", sweep.Optimizers.Select(o => o.Optimizer.Id).Distinct())}.");
            }

            rows.AddRange(found);
        }

        return rows;
    }
}
