using Stepsize.Training.Optimizers;
using Stepsize.Training.Options;
using static Stepsize.Training.Tests.Optimizers.Transcriptions.Transcription;

namespace Stepsize.Training.Tests.Optimizers.Transcriptions;

internal static class Baselines
{
    public static IReadOnlyList<Transcription> All { get; } =
    [
        new("sgd-constant", (settings, layout) => (x, g, it) =>
        {
            var step = settings.Options.Number("eta") / settings.AxisValue;
            Descend(x, g, step, settings.Options);

            return [step];
        }),

        new("sgd-decaysqrt", (settings, layout) => (x, g, it) =>
        {
            var (o, b0, t) = (settings.Options, settings.AxisValue, (double)it.T);
            var step = o.Choice("schedule") switch
            {
                "additive" => o.Number("eta") / (b0 + (o.Number("c_s") * Math.Sqrt(t))),
                "multiplicative" => o.Number("eta") / (b0 * Math.Sqrt(t)),
                "rooted" => o.Number("eta") / Math.Sqrt((b0 * b0) + (o.Number("alpha") * t)),
                _ => throw new NotSupportedException(),
            };
            Descend(x, g, step, o);
            return [step];
        }),

        new("sgd-momentum", (settings, layout) =>
        {
            var m = new double[layout.Length];
            return (x, g, it) =>
            {
                var lr = settings.Axis == RobustnessAxis.B0 ? settings.Options.Number("eta") / settings.AxisValue : settings.AxisValue;
                lr *= Decay(settings.Options, it);
                var d = WithDecay(x, g, settings.Options);
                for (var j = 0; j < x.Length; j++)
                {
                    m[j] = (settings.Options.Number("momentum") * m[j]) + d[j];
                    x[j] -= lr * m[j];
                }

                return [lr];
            };
        }),

        new("adagrad-coordinate", (settings, layout) =>
        {
            var o = settings.Options;
            var inside = o.Flag("epsilon_inside");
            var onB0 = settings.Axis == RobustnessAxis.B0;
            var s = new double[layout.Length];
            Array.Fill(s, inside || !onB0 ? 0 : settings.AxisValue * settings.AxisValue);
            return (x, g, it) =>
            {
                var eta = (onB0 ? o.Number("eta") : settings.AxisValue) * Decay(o, it);
                var d = WithDecay(x, g, o);
                var steps = new double[x.Length];
                for (var j = 0; j < x.Length; j++)
                {
                    s[j] += d[j] * d[j];
                    steps[j] = inside ? eta / Math.Sqrt(s[j] + 1e-6) : eta / (Math.Sqrt(s[j]) + 1e-10);
                    x[j] -= steps[j] * d[j];
                }

                return steps;
            };
        }),

        new("gd-linesearch", (settings, layout) => (x, g, it) =>
        {
            var eta = settings.Options.Number("eta");
            var b = settings.AxisValue;
            double[] At() => [.. x.Zip(g, (xi, gi) => xi - (eta / b * gi))];
            for (var k = 0; k < 60 && it.LossAt(At()) > it.Loss - (eta * Math.Pow(Norm(g), 2) / (2 * b)); k++)
            {
                b *= 2;
            }

            At().CopyTo(x, 0);
            return [eta / b];
        }),

        new("rmsprop", (settings, layout) =>
        {
            var rho = settings.Options.Number("rho");
            var v = new double[layout.Length];
            return (x, g, it) =>
            {
                var steps = new double[x.Length];
                for (var j = 0; j < x.Length; j++)
                {
                    v[j] = (rho * v[j]) + ((1 - rho) * g[j] * g[j]);
                    steps[j] = settings.AxisValue / (Math.Sqrt(v[j]) + settings.Options.Number("epsilon"));
                    x[j] -= steps[j] * g[j];
                }

                return steps;
            };
        }),

        new("adam", (settings, layout) =>
        {
            var adam = NaiveAdam.Of(settings.Options, layout, settings.Options.Flag("epsilon_inside"));
            return (x, g, it) => adam.Step(x, WithDecay(x, g, settings.Options), settings.AxisValue * Decay(settings.Options, it), it.T);
        }),
    ];

    /// <summary>x ← x − η_t g, less η_t λ x or η λ x.</summary>
    private static void Descend(double[] x, double[] g, double step, OptionSet options)
    {
        var (lambda, eta) = (options.Number("weight_decay"), options.Number("eta"));
        for (var j = 0; j < x.Length; j++)
        {
            var decay = options.Choice("weight_decay_scale") == "eta" ? eta * lambda * x[j] : step * lambda * x[j];
            x[j] = x[j] - (step * g[j]) - decay;
        }
    }
}
