using static Stepsize.Training.Tests.Optimizers.Transcriptions.Transcription;

namespace Stepsize.Training.Tests.Optimizers.Transcriptions;

internal static class AdaLosses
{
    public static IReadOnlyList<Transcription> All { get; } =
    [
        new("adaloss", (settings, layout) =>
        {
            var o = settings.Options;
            var (eta, alpha) = (o.Number("eta"), o.Number("alpha"));
            var square = settings.AxisValue * settings.AxisValue;
            return (x, g, it) =>
            {
                double n = it.BatchSize;
                var distance = Math.Sqrt(2 * n * it.Loss); // f = ‖y − u‖²/(2n)
                square += o.Flag("theorem3") ? alpha * alpha * Math.Sqrt(n) * Math.Pow(distance, 2) : alpha * Math.Abs(it.Loss - o.Number("c"));
                for (var j = 0; j < x.Length; j++)
                {
                    x[j] -= (eta / Math.Sqrt(square) * g[j]) + (eta * o.Number("weight_decay") * x[j]);
                }

                return [eta / Math.Sqrt(square)];
            };
        }),

        new("adamloss", (settings, layout) =>
        {
            var adam = NaiveAdam.Of(settings.Options, layout, inside: true);
            var b = settings.AxisValue;
            return (x, g, it) =>
            {
                b += settings.Options.Number("alpha") * it.Loss;
                return adam.Step(x, g, settings.Options.Number("eta") / Math.Sqrt(b), it.T);
            };
        }),

        new("adam-sqrt", (settings, layout) =>
        {
            var adam = NaiveAdam.Of(settings.Options, layout, settings.Options.Flag("epsilon_inside"));
            return (x, g, it) => adam.Step(x, g, settings.Options.Number("eta") / Math.Sqrt(settings.AxisValue + it.T), it.T);
        }),
    ];
}
