using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Data.Tests;

/// <summary>Sweeps and what their runs could have produced; every number follows from run and iteration, so that a stored one can be checked.</summary>
internal static class Sample
{
    public static RunProvenance Provenance { get; } =
        new("cpu 0.1.0", "CPU, AVX2", new Dictionary<string, string>(StringComparer.Ordinal) { ["data"] = "ab12" }, "cd34");

    /// <summary>quadratic-2d with one optimizer.</summary>
    public static SweepSpecification Sweep(int values = 3, int seeds = 2, int iterations = 1000, string name = "A sweep") => SpecificationReader.Parse(
        $$"""
        {
          "name": "{{name}}", "workload": "quadratic-2d", "iterations": {{iterations}}, "evaluateAtIterations": [], "record": "iterates",
          "optimizers": [ { "id": "sgd-constant", "values": [{{string.Join(", ", Enumerable.Range(1, values))}}] } ],
          "seeds": [{{string.Join(", ", Enumerable.Range(0, seeds))}}]
        }
        """);

    public static float Loss(long run, int iteration) => iteration % 97 == 0 ? float.NaN : (run * 1000f) + MathF.Sin(iteration);

    public static float Accuracy(int iteration) => iteration % 89 == 0 ? float.PositiveInfinity : 1f / iteration;

    public static float Stepsize(int iteration) => iteration % 83 == 0 ? float.NegativeInfinity : 10f / iteration;

    public static double[] Iterate(long run, int iteration) => [run + (iteration / 3.0), iteration % 101 == 0 ? double.NaN : -iteration];

    public static IReadOnlyList<string> LayerNames { get; } = ["fc1.weight", "fc1.bias"];

    public static float Gradient(long run, int layer, int iteration) => iteration % 79 == 0 ? float.NaN : run + (layer * 0.5f) + (1f / iteration);

    public static float Update(int layer, int iteration) => (layer + 1f) / iteration;

    public static byte[] State(long run, int iteration) => [.. BitConverter.GetBytes(run), .. BitConverter.GetBytes(iteration)];

    /// <summary>Iterations first to last of a run, with an evaluation and a checkpoint after the last.</summary>
    public static RunSegment Segment(long run, int first, int last, RunResult? result = null, bool checkpoint = true)
    {
        var iterations = Enumerable.Range(first, last - first + 1).ToArray();
        return new RunSegment(
            first,
            [.. iterations.Select(i => Loss(run, i))],
            [.. iterations.Select(Accuracy)],
            [.. iterations.Select(Stepsize)],
            [.. iterations.SelectMany(i => Iterate(run, i))],
            [Evaluation(run, last)],
            checkpoint && result is null ? new RunCheckpoint(last, State(run, last), last * 0.001) : null,
            result)
        {
            Layers = new LayerColumns(
                LayerNames,
                [.. LayerNames.SelectMany((_, layer) => iterations.Select(i => Gradient(run, layer, i)))],
                [.. LayerNames.SelectMany((_, layer) => iterations.Select(i => Update(layer, i)))],
                [.. LayerNames.SelectMany((_, layer) => iterations.Select(Stepsize))]),
        };
    }

    public static EvaluationPoint Evaluation(long run, int iteration) =>
        new(iteration, iteration, new Evaluation(run + (1.0 / iteration), TestLoss: double.PositiveInfinity, GradientNorm: iteration) { TestTopFiveAccuracy = 1.0 / iteration });

    public static RunResult Result(int iterations, RunOutcome outcome = RunOutcome.Finished) =>
        new(outcome, iterations, outcome == RunOutcome.Diverged ? iterations : null, iterations * 0.001, [1.5, double.NaN]);

    /// <summary>Records a whole run in segments of this length.</summary>
    public static void Train(IRunRecorder recorder, CohortRun run, int iterations, int length, RunOutcome outcome = RunOutcome.Finished)
    {
        recorder.Started(run, Provenance);
        for (var first = (run.ResumeFrom?.Iteration ?? 0) + 1; first <= iterations; first += length)
        {
            var last = Math.Min(iterations, first + length - 1);
            recorder.Record(run, Segment(run.Key, first, last, last == iterations ? Result(iterations, outcome) : null));
        }
    }
}
