using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>y = x Wᵀ + b over the last axis; other axes are kept. Weight [outputs][inputs], bias [outputs].</summary>
public sealed class Linear(int outputs, bool bias = true, InitialisationScheme initialisation = InitialisationScheme.PyTorch) : Layer
{
    public override string Prefix => "fc";

    public override string Title => $"linear layer of {outputs} neurons";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (outputs < 1)
        {
            throw planner.Refuse("it must have at least 1 neuron");
        }

        var inputs = input[^1];
        planner.Parameter("weight", Initialisation.Weight(initialisation, inputs, outputs), outputs, inputs);
        if (bias)
        {
            planner.Parameter("bias", Initialisation.Bias(initialisation, inputs), outputs);
        }

        planner.MultiplyAdds((long)input.Length * outputs);
        return input.WithLast(outputs);
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan);

    private sealed class Compiled<T>(LayerPlan plan) : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ParameterSegment _weight = plan.Parameters[0];
        private readonly ParameterSegment? _bias = plan.Parameters.Count > 1 ? plan.Parameters[1] : null;
        private readonly int _outputs = plan.Output[^1];
        private readonly int _inputs = plan.Input[^1];
        private readonly int _rowsPerExample = plan.Input.Length / plan.Input[^1];

        public override bool HasParameters => true;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            var weight = _weight.Of(pass.Parameters);
            for (var r = 0; r < pass.Count * _rowsPerExample; r++)
            {
                var x = input.Slice(r * _inputs, _inputs);
                for (var o = 0; o < _outputs; o++)
                {
                    output[(r * _outputs) + o] = TensorPrimitives.Dot(x, weight.Slice(o * _inputs, _inputs));
                }

                if (_bias is not null)
                {
                    var y = output.Slice(r * _outputs, _outputs);
                    TensorPrimitives.Add(y, _bias.Of(pass.Parameters), y);
                }
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            var rows = pass.Count * _rowsPerExample;
            var weightGradient = _weight.Of(pass.Gradient);
            weightGradient.Clear();
            for (var r = 0; r < rows; r++)
            {
                var x = input.Slice(r * _inputs, _inputs);
                for (var o = 0; o < _outputs; o++)
                {
                    var row = weightGradient.Slice(o * _inputs, _inputs);
                    TensorPrimitives.MultiplyAdd(x, outputGradient[(r * _outputs) + o], row, row);
                }
            }

            if (_bias is not null)
            {
                var biasGradient = _bias.Of(pass.Gradient);
                biasGradient.Clear();
                for (var r = 0; r < rows; r++)
                {
                    TensorPrimitives.Add(biasGradient, outputGradient.Slice(r * _outputs, _outputs), biasGradient);
                }
            }

            if (!inputGradient.IsEmpty)
            {
                BackwardInput(_weight.Of(pass.Parameters), outputGradient, inputGradient, rows);
            }
        }

        private void BackwardInput(ReadOnlySpan<T> weight, ReadOnlySpan<T> outputGradient, Span<T> inputGradient, int rows)
        {
            inputGradient.Clear();
            for (var r = 0; r < rows; r++)
            {
                var dx = inputGradient.Slice(r * _inputs, _inputs);
                for (var o = 0; o < _outputs; o++)
                {
                    TensorPrimitives.MultiplyAdd(weight.Slice(o * _inputs, _inputs), outputGradient[(r * _outputs) + o], dx, dx);
                }
            }
        }
    }
}
