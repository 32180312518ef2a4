using Stepsize.Training.Optimizers;
using Stepsize.Training.Parameters;
using static Stepsize.Training.Tests.Optimizers.Transcriptions.Transcription;

namespace Stepsize.Training.Tests.Optimizers.Transcriptions;

internal static class AdaLips
{
    public static IReadOnlyList<Transcription> All { get; } =
    [
        new("adalip", OnGradients((settings, layout) =>
        {
            var m = new double[layout.Length];
            return (x, j, g, rate, t) =>
            {
                m[j] = (settings.Options.Number("momentum") * m[j]) - (rate * g);
                x[j] += m[j];
                return rate;
            };
        }, oneForATensor: true)),

        new("rmslip", OnGradients((settings, layout) =>
        {
            var beta = settings.Options.Number("beta2");
            var v = new double[layout.Length];
            return (x, j, g, rate, t) =>
            {
                v[j] = (beta * v[j]) + ((1 - beta) * g * g);
                x[j] -= rate * g / Math.Sqrt(v[j] + 1e-8);
                return rate / Math.Sqrt(v[j] + 1e-8);
            };
        })),

        new("adamlip", OnGradients((settings, layout) =>
        {
            var adam = new NaiveAdam(settings.Options.Number("beta1"), settings.Options.Number("beta2"), 1e-8, inside: true, layout.Length);
            return (x, j, g, rate, t) =>
            {
                var (m, inverse) = adam.Moments(j, g, t);
                x[j] -= rate * m * inverse;
                return rate * inverse;
            };
        })),

        new("adalip-u", OnUpdates((settings, layout) => (j, g, p, t) => (g, 1, settings.Options.Number("momentum") * p), oneForATensor: true)),

        new("rmslip-u", OnUpdates((settings, layout) =>
        {
            var beta = settings.Options.Number("beta2");
            var v = new double[layout.Length];
            return (j, g, p, t) =>
            {
                v[j] = (beta * v[j]) + ((1 - beta) * g * g);
                return (g, 1 / Math.Sqrt(v[j] + 1e-8), 0);
            };
        })),

        new("adamlip-u", OnUpdates((settings, layout) =>
        {
            var adam = new NaiveAdam(settings.Options.Number("beta1"), settings.Options.Number("beta2"), 1e-8, inside: true, layout.Length);
            return (j, g, p, t) =>
            {
                var (m, inverse) = adam.Moments(j, g, t);
                return (m, inverse, 0);
            };
        })),
    ];

    /// <summary>Updates one coordinate with the tensor's rate and returns the stepsize.</summary>
    private delegate double Coordinate(double[] x, int j, double g, double rate, int t);

    /// <summary>Direction, its divisor's inverse, and what does not depend on the rate: the update is −rate · direction · inverse + kept.</summary>
    private delegate (double Direction, double Inverse, double Kept) Update(int j, double g, double p, int t);

    private static Func<OptimizerSettings, ParameterLayout, TranscribedStep> OnGradients(
        Func<OptimizerSettings, ParameterLayout, Coordinate> start, bool oneForATensor = false) => (settings, layout) =>
    {
        var coordinate = start(settings, layout);
        var averages = layout.Segments.ToDictionary(s => s.Name, _ => 1.0);
        var before = new double[layout.Length];
        return (x, g, it) =>
        {
            var steps = new List<double>();
            foreach (var tensor in layout.Segments)
            {
                var indices = Enumerable.Range(tensor.Offset, tensor.Length).ToArray();
                var previous = Norm(indices.Select(j => before[j]));
                var distance = Norm(indices.Select(j => g[j] - before[j]));
                averages[tensor.Name] = Average(settings, averages[tensor.Name], previous, distance, it.T);
                var rate = Rate(settings, it.T) * (it.T == 1 ? 1 : averages[tensor.Name]);
                var made = indices.Select(j => coordinate(x, j, g[j], rate, it.T)).ToArray();
                steps.AddRange(oneForATensor ? [made[0]] : made);
            }

            g.CopyTo(before, 0);
            return [.. steps];
        };
    };

    private static Func<OptimizerSettings, ParameterLayout, TranscribedStep> OnUpdates(
        Func<OptimizerSettings, ParameterLayout, Update> start, bool oneForATensor = false) => (settings, layout) =>
    {
        var update = start(settings, layout);
        var averages = layout.Segments.ToDictionary(s => s.Name, _ => 1.0);
        var p = new double[layout.Length];
        return (x, g, it) =>
        {
            var steps = new List<double>();
            foreach (var tensor in layout.Segments)
            {
                var parts = Enumerable.Range(tensor.Offset, tensor.Length).Select(j => (J: j, U: update(j, g[j], p[j], it.T))).ToArray();
                var previous = Norm(parts.Select(e => p[e.J]));
                var distance = Norm(parts.Select(e => e.U.Kept - (Rate(settings, it.T) * e.U.Direction * e.U.Inverse) - p[e.J]));
                averages[tensor.Name] = Average(settings, averages[tensor.Name], previous, distance, it.T);
                var rate = Rate(settings, it.T) * (it.T == 1 ? 1 : averages[tensor.Name]);
                foreach (var (j, u) in parts)
                {
                    p[j] = u.Kept - (rate * u.Direction * u.Inverse);
                    x[j] += p[j];
                }

                steps.AddRange(oneForATensor ? [rate] : parts.Select(e => rate * e.U.Inverse));
            }

            return [.. steps];
        };
    };

    private static double Rate(OptimizerSettings settings, int t) =>
        settings.Options.Choice("lr_schedule") == "inverse-sqrt" ? settings.AxisValue / Math.Sqrt(t) : settings.AxisValue;

    private static double Average(OptimizerSettings settings, double average, double previous, double distance, int t)
    {
        var gamma = settings.Options.Number("gamma");
        var c = settings.Options.Number("c_constant");
        if (settings.Options.Choice("c") == "theoretical" && t > 1)
        {
            c = ((1 - gamma) * previous / ((Math.Sqrt((double)t / (t - 1)) - gamma) * average)) - distance;
            c = c > 0 ? c : double.Epsilon;
        }

        return (gamma * average) + ((1 - gamma) * previous / (distance + c));
    }
}
