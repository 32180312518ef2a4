using System.Text.Json.Nodes;
using Stepsize.Training.Execution;
using Stepsize.Training.Papers;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Tests.Papers;

/// <summary>Makes stored runs for tests of the comparison, from the specification of a sweep.</summary>
internal static class StoredRuns
{
    private static long _next;

    /// <summary>The sweep's runs, each with what <paramref name="measure"/> says of each epoch's end.</summary>
    /// <param name="measure">Configuration and epoch, to the evaluation.</param>
    public static IReadOnlyList<StoredRun> Of(SweepSpecification sweep, Func<RunConfiguration, int, Evaluation> measure, RunOutcome? outcome = RunOutcome.Finished) =>
        Of(sweep, measure, _ => outcome);

    public static IReadOnlyList<StoredRun> Of(
        SweepSpecification sweep, Func<RunConfiguration, int, Evaluation> measure, Func<RunConfiguration, RunOutcome?> outcome)
    {
        var sweepId = Interlocked.Increment(ref _next);
        var epochs = sweep.EvaluateAtEpochs.Append(sweep.Epochs ?? 1).Distinct().ToList();
        return
        [
            .. sweep.Expand().Select(c => new StoredRun
            {
                SweepId = sweepId,
                RunId = Interlocked.Increment(ref _next),
                Configuration = c,
                Outcome = outcome(c),
                EvaluateAtEpochs = sweep.EvaluateAtEpochs,
                Evaluations = outcome(c) is null ? [] : [.. epochs.Select(e => new EvaluationPoint(e * 100, e, measure(c, e)))],
            }),
        ];
    }

    /// <summary>A sweep of <c>mnist-fulconn2</c> with sgd-constant.</summary>
    public static SweepSpecification Sweep(double[] values, int[] seeds, int epochs, bool everyEpoch = true, Action<JsonObject>? change = null)
    {
        var json = JsonNode.Parse(
            """
            { "name": "a sweep", "workload": "mnist-fulconn2", "batchSize": 256, "optimizers": [{ "id": "sgd-constant", "options": { "eta": 1 } }] }
            """)!.AsObject();
        json["seeds"] = new JsonArray([.. seeds.Select(s => (JsonNode)s)]);
        json["epochs"] = epochs;
        json["optimizers"]![0]!["values"] = new JsonArray([.. values.Select(v => (JsonNode)v)]);
        if (everyEpoch)
        {
            json["evaluateAtEpochs"] = new JsonArray([.. Enumerable.Range(1, epochs).Select(e => (JsonNode)e)]);
        }

        change?.Invoke(json);
        return SpecificationReader.Read(json);
    }
}
