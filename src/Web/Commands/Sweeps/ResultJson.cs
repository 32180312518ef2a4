using System.Globalization;
using System.Text.Json;
using Stepsize.Training.Analysis;
using Stepsize.Training.Execution;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Commands.Sweeps;

/// <summary>
/// Writes a trained sweep as JSON. Numbers that are not finite stand as the strings "NaN", "Infinity" and "-Infinity"; a measure that the problem
/// does not have is null.
/// </summary>
internal static class ResultJson
{
    public static void Write(Stream stream, RunCollector collector, IReadOnlyList<Measure> measures, TimeSpan elapsed)
    {
        using var json = new Utf8JsonWriter(stream, JsonText.Writing);
        json.WriteStartObject();
        json.WritePropertyName("spec");
        SpecificationWriter.ToJson(collector.Sweep).WriteTo(json);
        json.WriteString("engine", Computed(collector, made => made.Engine));
        json.WriteString("device", Computed(collector, made => made.Device));
        json.WriteNumber("seconds", Math.Round(elapsed.TotalSeconds, 3));
        json.WriteStartArray("runs");
        foreach (var run in collector.Runs)
        {
            WriteRun(json, run, measures);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What the runs were computed with; several, where engines shared them, stand side by side.</summary>
    private static string Computed(RunCollector collector, Func<RunProvenance, string> part) =>
        string.Join(" and ", collector.Runs.Select(r => r.Provenance).OfType<RunProvenance>().Select(part).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static void WriteRun(Utf8JsonWriter json, CollectedRun run, IReadOnlyList<Measure> measures)
    {
        var configuration = run.Configuration;
        json.WriteStartObject();
        json.WriteString("optimizer", configuration.Optimizer.Id);
        json.WriteNumber("row", run.Row);
        json.WriteString("axis", RobustnessAxisName.Of(configuration.Axis));
        json.WriteNumber("value", configuration.AxisValue);
        json.WriteNumber("seed", configuration.Seed);
        json.WriteString("hash", configuration.Hash);
        var result = run.Result ?? throw new InvalidOperationException($"The run {configuration.Hash} has no result.");
        json.WriteString("outcome", RunText.Outcome(result.Outcome));
        Write(json, "firstBadIteration", result.FirstBadIteration);
        json.WriteNumber("iterations", result.Iterations);
        json.WriteString("initialWeights", run.Provenance?.InitialWeights);
        if (result.Error is { } error)
        {
            json.WriteString("error", error);
        }

        json.WriteStartArray("epochs");
        foreach (var point in run.Evaluations)
        {
            WriteEvaluation(json, point, measures);
        }

        json.WriteEndArray();
        if (result.FinalParameters is { } parameters)
        {
            json.WritePropertyName("finalParameters");
            Write(json, parameters);
        }

        if (run.Iterates.Count > 0 && result.FinalParameters is { Length: > 0 and var length })
        {
            json.WriteStartArray("iterates");
            foreach (var iterate in run.Iterates.Chunk(length))
            {
                Write(json, iterate);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteEvaluation(Utf8JsonWriter json, EvaluationPoint point, IReadOnlyList<Measure> measures)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", point.Epoch);
        json.WriteNumber("iteration", point.Iteration);
        foreach (var (name, measure) in Names)
        {
            json.WritePropertyName(name);
            if (measures.Contains(measure))
            {
                Write(json, measure.Of(point.Evaluation));
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndObject();
    }

    private static readonly (string Name, Measure Measure)[] Names =
    [
        ("trainLoss", Measure.TrainLoss),
        ("trainAccuracy", Measure.TrainAccuracy),
        ("testLoss", Measure.TestLoss),
        ("testAccuracy", Measure.TestAccuracy),
        ("testTopFiveAccuracy", Measure.TestTopFiveAccuracy),
        ("gradientNorm", Measure.GradientNorm),
    ];

    private static void Write(Utf8JsonWriter json, string name, int? value)
    {
        json.WritePropertyName(name);
        if (value is { } number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>A vector on one line, however the rest is laid out.</summary>
    private static void Write(Utf8JsonWriter json, double[] vector) => json.WriteRawValue($"[{string.Join(", ", vector.Select(Text))}]");

    private static string Text(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : $"\"{NotFinite(value)}\"";

    private static string NotFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private static void Write(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(NotFinite(value));
        }
    }
}
