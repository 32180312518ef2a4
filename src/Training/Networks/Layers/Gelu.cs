using System.Numerics;
using MathNet.Numerics;

namespace Stepsize.Training.Networks.Layers;

/// <summary>x Φ(x) with the exact normal distribution function Φ (Hendrycks and Gimpel 2016), PyTorch's default form.</summary>
public sealed class Gelu : Layer
{
    public override string Prefix => "gelu";

    public override string Title => "GELU";

    public override Shape Infer(LayerPlanner planner, Shape input) => input;

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>();

    private sealed class Compiled<T> : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override bool GradientWorksInPlace => true;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            for (var i = 0; i < input.Length; i++)
            {
                var x = double.CreateChecked(input[i]);
                output[i] = T.CreateChecked(x * Distribution(x));
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            for (var i = 0; i < input.Length; i++)
            {
                var x = double.CreateChecked(input[i]);
                var density = Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
                inputGradient[i] = outputGradient[i] * T.CreateChecked(Distribution(x) + (x * density));
            }
        }

        private static double Distribution(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));
    }
}
