using Stepsize.Training.Parameters;
using static Stepsize.Training.Tests.Optimizers.Transcriptions.Transcription;

namespace Stepsize.Training.Tests.Optimizers.Transcriptions;

internal static class AdaGradNorms
{
    public static IReadOnlyList<Transcription> All { get; } =
    [
        new("adagrad-norm", (settings, layout) =>
        {
            var granularity = Resolve(settings.Options.Choice("granularity"), layout);
            var squares = Constant(layout, settings.AxisValue * settings.AxisValue);
            return (x, g, it) =>
            {
                var d = WithDecay(x, g, settings.Options);
                var increments = Increments(d, layout, granularity);
                for (var j = 0; j < x.Length; j++)
                {
                    squares[j] += increments[j];
                    x[j] -= settings.Options.Number("eta") / (Math.Sqrt(squares[j]) + Guard(granularity)) * d[j];
                }

                return [.. OneEach(layout, granularity).Select(j => settings.Options.Number("eta") / (Math.Sqrt(squares[j]) + Guard(granularity)))];
            };
        }),

        new("adagrad-norm-momentum", (settings, layout) =>
        {
            var o = settings.Options;
            var granularity = Resolve(o.Choice("granularity"), layout);
            var squares = Constant(layout, settings.AxisValue * settings.AxisValue);
            var m = new double[layout.Length];
            return (x, g, it) =>
            {
                var d = WithDecay(x, g, o);
                var increments = Increments(d, layout, granularity);
                var steps = new double[x.Length];
                for (var j = 0; j < x.Length; j++)
                {
                    squares[j] += increments[j];
                    m[j] = (o.Number("beta") * m[j]) + ((1 - o.Number("beta")) * d[j]);
                    steps[j] = o.Number("eta") / (Math.Sqrt(squares[j]) + Guard(granularity));
                    x[j] -= steps[j] * m[j];
                }

                return [.. OneEach(layout, granularity).Select(j => steps[j])];
            };
        }),

        new("wngrad", (settings, layout) =>
        {
            var granularity = Resolve(settings.Options.Choice("granularity"), layout);
            var b = Constant(layout, settings.AxisValue);
            return (x, g, it) =>
            {
                var increments = Increments(g, layout, granularity);
                var steps = new double[x.Length];
                for (var j = 0; j < x.Length; j++)
                {
                    b[j] += increments[j] / b[j];
                    steps[j] = settings.Options.Number("eta") / (b[j] + Guard(granularity));
                    x[j] -= steps[j] * g[j];
                }

                return [.. OneEach(layout, granularity).Select(j => steps[j])];
            };
        }),
    ];

    private static string Resolve(string granularity, ParameterLayout layout) =>
        granularity != "auto" ? granularity : layout.Segments.Any(s => s.Shape.Count > 1) ? "neuron" : "global";

    private static double Guard(string granularity) => granularity == "neuron" ? 1e-10 : 0;

    private static double[] Constant(ParameterLayout layout, double value) => [.. Enumerable.Repeat(value, layout.Length)];

    /// <summary>What b² of each coordinate grows by: every coordinate has its own copy of the b it shares.</summary>
    private static double[] Increments(double[] g, ParameterLayout layout, string granularity)
    {
        var result = new double[g.Length];
        ParameterSegment? matrix = null;
        foreach (var segment in layout.Segments)
        {
            if (segment.Shape.Count > 1)
            {
                matrix = segment;
            }

            for (var j = segment.Offset; j < segment.Offset + segment.Length; j++)
            {
                result[j] = granularity switch
                {
                    "global" => g.Sum(v => v * v),
                    "layer" => SumOfSquares(g, segment.Offset, segment.Length),
                    _ when segment.Shape.Count > 1 => RowSquares(g, segment, (j - segment.Offset) / segment.RowLength),
                    _ => (g[j] * g[j]) + (matrix?.Shape[0] == segment.Length ? RowSquares(g, matrix, j - segment.Offset) : 0),
                };
            }
        }

        return result;
    }

    /// <summary>One coordinate of each group that shares a b.</summary>
    private static IEnumerable<int> OneEach(ParameterLayout layout, string granularity) => granularity switch
    {
        "global" => [0],
        "layer" => layout.Segments.Select(s => s.Offset),
        _ => layout.Segments.SelectMany(s => Enumerable.Range(0, s.Shape[0]).Select(row => s.Offset + (row * s.RowLength))),
    };

    private static double RowSquares(double[] g, ParameterSegment matrix, int row) =>
        SumOfSquares(g, matrix.Offset + (row * matrix.RowLength), matrix.RowLength);

    private static double SumOfSquares(double[] g, int start, int count)
    {
        var sum = 0.0;
        for (var j = start; j < start + count; j++)
        {
            sum += g[j] * g[j];
        }

        return sum;
    }
}
