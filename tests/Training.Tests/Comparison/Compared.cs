using Stepsize.Training.Analysis;
using Stepsize.Training.Comparison;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Tests.Comparison;

/// <summary>Sweeps with given results, to be compared.</summary>
internal static class Compared
{
    /// <param name="optimizers">JSON of the optimizers.</param>
    /// <param name="results">Test accuracy (its loss is 1 minus that) by row, axis value and seed; NaN for a run that diverged.</param>
    public static ComparedSweep Sweep(long id, string optimizers, (int Row, double Value, int Seed, double Accuracy)[] results, string rest = "\"epochs\": 2") => new(
    [
        .. results.Select((r, i) => new MeasuredRun
        {
            Key = (1000 * id) + i,
            Row = r.Row,
            AxisValue = r.Value,
            Seed = r.Seed,
            Outcome = double.IsNaN(r.Accuracy) ? RunOutcome.Diverged : RunOutcome.Finished,
            FirstBadIteration = double.IsNaN(r.Accuracy) ? 7 : null,
            Evaluations = double.IsNaN(r.Accuracy) ? [] : [new EvaluationPoint(100, 2, new Evaluation(1 - r.Accuracy, TestAccuracy: r.Accuracy))],
        }),
    ])
    {
        Id = id,
        Specification = SpecificationReader.Parse($$"""{ "name": "sweep {{id}}", "workload": "mnist-logreg", "optimizers": [{{optimizers}}], {{rest}} }"""),
    };

    /// <summary>One optimizer, AdaGrad-Norm, at these values.</summary>
    public static ComparedTrack Track(long id, double[] values, params (double Value, int Seed, double Accuracy)[] results) =>
        Sweep(id, Optimizer("adagrad-norm", values), [.. results.Select(r => (0, r.Value, r.Seed, r.Accuracy))]).Tracks[0];

    public static string Optimizer(string name, double[] values, string options = "{}") =>
        FormattableString.Invariant($$"""{ "id": "{{name}}", "values": [{{string.Join(", ", values.Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture)))}}], "options": {{options}} }""");
}
