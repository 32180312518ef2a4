using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// Normalises each channel (first axis) over the batch and all places (Ioffe and Szegedy 2015): in training by the batch's own mean and variance,
/// which also move the running ones; in evaluation by the running ones. As in PyTorch the running variance is the unbiased one.
/// </summary>
/// <param name="affine">Whether each channel is then scaled and shifted by weight and bias [channels], 1 and 0 at first.</param>
/// <param name="momentum">Share of the batch in the running statistics, in (0, 1].</param>
public sealed class BatchNorm(bool affine = true, double momentum = 0.1, double epsilon = 1e-5) : Layer
{
    /// <summary>Share of the batch in the running statistics.</summary>
    public double Momentum { get; } = momentum;

    /// <summary>ε, added to the variance.</summary>
    public double Epsilon { get; } = epsilon;

    public override string Prefix => "bn";

    public override string Title => "batch normalisation";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (!(Epsilon > 0 && Momentum > 0 && Momentum <= 1))
        {
            throw planner.Refuse("its ε must be larger than 0 and its momentum in (0, 1]");
        }

        if (affine)
        {
            planner.Parameter("weight", Initialisation.Ones, input[0]);
            planner.Parameter("bias", Initialisation.Zeros, input[0]);
        }

        planner.CouplesExamples();
        planner.State("running_mean", input[0], 0);
        planner.State("running_var", input[0], 1);
        return input;
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, settings.Trains, Momentum, Epsilon);

    private sealed class Compiled<T>(LayerPlan plan, bool trains, double momentum, double epsilon) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ParameterSegment? _weight = plan.Parameters.Count > 0 ? plan.Parameters[0] : null;
        private readonly ParameterSegment? _bias = plan.Parameters.Count > 0 ? plan.Parameters[1] : null;
        private readonly ParameterSegment _runningMean = plan.States[0];
        private readonly ParameterSegment _runningVariance = plan.States[1];
        private readonly int _channels = plan.Input[0];
        private readonly int _places = plan.Input.Length / plan.Input[0];
        private readonly double[] _means = new double[plan.Input[0]];
        private readonly double[] _inverses = new double[plan.Input[0]];

        public override bool HasParameters => _weight is not null;

        public override bool WorksInPlace => !trains;

        public override bool GradientWorksInPlace => true;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var c = 0; c < _channels; c++)
            {
                if (trains)
                {
                    Measure(pass, input, c);
                }
                else
                {
                    _means[c] = double.CreateChecked(_runningMean.Of(pass.State)[c]);
                    _inverses[c] = 1 / Math.Sqrt(double.CreateChecked(_runningVariance.Of(pass.State)[c]) + epsilon);
                }

                var scale = _inverses[c] * (_weight is null ? 1 : double.CreateChecked(_weight.Of(pass.Parameters)[c]));
                var shift = (_bias is null ? 0 : double.CreateChecked(_bias.Of(pass.Parameters)[c])) - (_means[c] * scale);
                for (var e = 0; e < pass.Count; e++)
                {
                    Map(Row(input, e, c), T.CreateChecked(scale), T.CreateChecked(shift), output.Slice(At(e, c), _places));
                }
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            for (var c = 0; c < _channels; c++)
            {
                var (sum, product) = Sums(pass, input, outputGradient, c);
                if (_weight is not null && _bias is not null)
                {
                    _weight.Of(pass.Gradient)[c] = T.CreateChecked(product);
                    _bias.Of(pass.Gradient)[c] = T.CreateChecked(sum);
                }

                if (inputGradient.IsEmpty)
                {
                    continue;
                }

                // dx = scale (g − mean(g) − x̂ mean(g x̂)), with x̂ = (x − mean)/deviation, as g·scale + x·slope + rest.
                var count = (double)pass.Count * _places;
                var scale = _inverses[c] * (_weight is null ? 1 : double.CreateChecked(_weight.Of(pass.Parameters)[c]));
                var slope = -scale * _inverses[c] * product / count;
                var rest = (-scale * sum / count) - (slope * _means[c]);
                for (var e = 0; e < pass.Count; e++)
                {
                    Combine(
                        Row(outputGradient, e, c), T.CreateChecked(scale), Row(input, e, c), T.CreateChecked(slope), T.CreateChecked(rest),
                        inputGradient.Slice(At(e, c), _places));
                }
            }
        }

        private static void Map(ReadOnlySpan<T> x, T scale, T shift, Span<T> y)
        {
            var i = 0;
            for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                ((new Vector<T>(x[i..]) * scale) + new Vector<T>(shift)).CopyTo(y[i..]);
            }

            for (; i < x.Length; i++)
            {
                y[i] = (x[i] * scale) + shift;
            }
        }

        private static void Combine(ReadOnlySpan<T> g, T scale, ReadOnlySpan<T> x, T slope, T rest, Span<T> dx)
        {
            var i = 0;
            for (; i <= g.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                ((new Vector<T>(g[i..]) * scale) + (new Vector<T>(x[i..]) * slope) + new Vector<T>(rest)).CopyTo(dx[i..]);
            }

            for (; i < g.Length; i++)
            {
                dx[i] = (g[i] * scale) + (x[i] * slope) + rest;
            }
        }

        /// <summary>Mean, then the squares about it; the sums of rows are added in double.</summary>
        private void Measure(in Pass<T> pass, ReadOnlySpan<T> input, int c)
        {
            var count = (double)pass.Count * _places;
            double sum = 0, squares = 0;
            for (var e = 0; e < pass.Count; e++)
            {
                sum += double.CreateChecked(TensorPrimitives.Sum(Row(input, e, c)));
            }

            var mean = sum / count;
            var centre = T.CreateChecked(mean);
            for (var e = 0; e < pass.Count; e++)
            {
                squares += ProductAbout(Row(input, e, c), centre, default);
            }

            _means[c] = mean;
            _inverses[c] = 1 / Math.Sqrt((squares / count) + epsilon);
            if (!pass.KeepsState)
            {
                Move(ref _runningMean.Of(pass.State)[c], mean);
                Move(ref _runningVariance.Of(pass.State)[c], squares / Math.Max(1, count - 1));
            }
        }

        private void Move(ref T running, double value) =>
            running = T.CreateChecked(((1 - momentum) * double.CreateChecked(running)) + (momentum * value));

        /// <summary>Σ (x − centre) g, or Σ (x − centre)² where g is empty.</summary>
        private static double ProductAbout(ReadOnlySpan<T> x, T centre, ReadOnlySpan<T> g)
        {
            var sum = Vector<T>.Zero;
            var i = 0;
            for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                var difference = new Vector<T>(x[i..]) - new Vector<T>(centre);
                sum += difference * (g.IsEmpty ? difference : new Vector<T>(g[i..]));
            }

            var rest = T.Zero;
            for (; i < x.Length; i++)
            {
                rest += (x[i] - centre) * (g.IsEmpty ? x[i] - centre : g[i]);
            }

            return double.CreateChecked(Vector.Sum(sum) + rest);
        }

        /// <summary>Σ g and Σ g x̂ over a channel.</summary>
        private (double Sum, double Product) Sums(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> gradient, int c)
        {
            double sum = 0, product = 0;
            for (var e = 0; e < pass.Count; e++)
            {
                sum += double.CreateChecked(TensorPrimitives.Sum(Row(gradient, e, c)));
                product += ProductAbout(Row(input, e, c), T.CreateChecked(_means[c]), Row(gradient, e, c));
            }

            return (sum, product * _inverses[c]);
        }

        private int At(int example, int channel) => ((example * _channels) + channel) * _places;

        private ReadOnlySpan<T> Row(ReadOnlySpan<T> values, int example, int channel) => values.Slice(At(example, channel), _places);
    }
}
