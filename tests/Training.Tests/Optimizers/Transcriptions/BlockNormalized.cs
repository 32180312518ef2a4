using Stepsize.Training.Optimizers;
using Stepsize.Training.Parameters;
using static Stepsize.Training.Tests.Optimizers.Transcriptions.Transcription;

namespace Stepsize.Training.Tests.Optimizers.Transcriptions;

internal static class BlockNormalized
{
    public static IReadOnlyList<Transcription> All { get; } =
    [
        new("sgdm-ng", Momentum(Normalised)),
        new("sgdm-ng-adap", Momentum(Adaptive)),
        new("sgdm-clip", Momentum(Clipped)),
        new("adam-ng", Adam(Normalised)),
        new("adam-ng-adap", Adam(Adaptive)),
        new("adam-clip", Adam(Clipped)),
        new("adagrad-ng", AdaGrad(Normalised)),
        new("adagrad-clip", AdaGrad(Clipped)),

        new("adagrad-bng", (settings, layout) =>
        {
            var squares = new double[layout.Length];
            return (x, g, it) =>
            {
                var unit = Normalised(x, g, settings, layout);
                var steps = new double[x.Length];
                foreach (var j in Enumerable.Range(0, x.Length))
                {
                    squares[j] += unit[j] * unit[j];
                    steps[j] = settings.AxisValue * BlockNorm(g, j, layout) / (settings.Options.Number("delta") + Math.Sqrt(squares[j]));
                    x[j] -= steps[j] * unit[j];
                }

                return steps;
            };
        }),
    ];

    /// <summary>What takes the gradient's place.</summary>
    private delegate double[] Replacement(double[] x, double[] g, OptimizerSettings settings, ParameterLayout layout);

    private static double[] Normalised(double[] x, double[] g, OptimizerSettings settings, ParameterLayout layout) =>
        [.. g.Select((gj, j) => gj == 0 ? 0 : gj / BlockNorm(g, j, layout))];

    private static double[] Adaptive(double[] x, double[] g, OptimizerSettings settings, ParameterLayout layout) =>
        [.. Normalised(x, g, settings, layout).Select((gj, j) => gj * BlockNorm(x, j, layout) * settings.Options.Number("alpha"))];

    private static double[] Clipped(double[] x, double[] g, OptimizerSettings settings, ParameterLayout layout)
    {
        var threshold = settings.Options.Number("threshold");
        return Norm(g) <= threshold ? g : [.. g.Select(gj => gj / Norm(g) * threshold)];
    }

    private static Func<OptimizerSettings, ParameterLayout, TranscribedStep> Momentum(Replacement replace) => (settings, layout) =>
    {
        var m = new double[layout.Length];
        return (x, g, it) =>
        {
            var d = WithDecay(x, replace(x, g, settings, layout), settings.Options);
            var lr = settings.AxisValue * Decay(settings.Options, it);
            for (var j = 0; j < x.Length; j++)
            {
                m[j] = (settings.Options.Number("momentum") * m[j]) + d[j];
                x[j] -= lr * m[j];
            }

            return [lr];
        };
    };

    private static Func<OptimizerSettings, ParameterLayout, TranscribedStep> Adam(Replacement replace) => (settings, layout) =>
    {
        var adam = NaiveAdam.Of(settings.Options, layout, inside: false);
        return (x, g, it) =>
            adam.Step(x, WithDecay(x, replace(x, g, settings, layout), settings.Options), settings.AxisValue * Decay(settings.Options, it), it.T);
    };

    private static Func<OptimizerSettings, ParameterLayout, TranscribedStep> AdaGrad(Replacement replace) => (settings, layout) =>
    {
        var squares = new double[layout.Length];
        return (x, g, it) =>
        {
            var d = WithDecay(x, replace(x, g, settings, layout), settings.Options);
            var lr = settings.AxisValue * Decay(settings.Options, it);
            var steps = new double[x.Length];
            for (var j = 0; j < x.Length; j++)
            {
                squares[j] += d[j] * d[j];
                steps[j] = lr / (Math.Sqrt(squares[j]) + 1e-10);
                x[j] -= steps[j] * d[j];
            }

            return steps;
        };
    };

    /// <summary>Norm of the block that coordinate j belongs to.</summary>
    private static double BlockNorm(double[] values, int j, ParameterLayout layout)
    {
        var block = layout.Segments.Single(s => j >= s.Offset && j < s.Offset + s.Length).Block;
        return Norm(layout.Segments.Where(s => s.Block == block).SelectMany(s => values.Skip(s.Offset).Take(s.Length)));
    }
}
