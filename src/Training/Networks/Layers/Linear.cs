using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Sparse;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>y = x Wᵀ + b over the last axis; other axes are kept. Weight [outputs][inputs], bias [outputs].</summary>
/// <param name="weight">How the weight starts, where it is not the scheme's default.</param>
public sealed class Linear(
    int outputs, bool bias = true, InitialisationScheme initialisation = InitialisationScheme.PyTorch, Initialisation? weight = null) : Layer
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
        planner.Parameter("weight", weight ?? Initialisation.Weight(initialisation, inputs, outputs), outputs, inputs);
        if (bias)
        {
            planner.Parameter("bias", Initialisation.Bias(initialisation, inputs), outputs);
        }

        planner.MultiplyAdds((long)input.Length * outputs);
        return input.WithLast(outputs);
    }

    public override bool ReadsSparseInputs(Shape input) => input.Count == 1 && input.Length <= SparseMatrix<float>.MaximumColumns;

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) =>
        settings.ReadsNetworkInput ? new SparseLinear<T>(plan, new Compiled<T>(plan)) : new Compiled<T>(plan);

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
            var rows = pass.Count * _rowsPerExample;
            var x = new ReadOnlyMatrixView<T>(input, rows, _inputs);
            var bias = _bias is null ? default : _bias.Of(pass.Parameters);
            MatrixProduct.Multiply(x, Weight(pass.Parameters).Transposed, new MatrixView<T>(output, rows, _outputs), bias);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            var rows = pass.Count * _rowsPerExample;
            var x = new ReadOnlyMatrixView<T>(input, rows, _inputs);
            var dy = new ReadOnlyMatrixView<T>(outputGradient, rows, _outputs);
            MatrixProduct.Multiply(dy.Transposed, x, new MatrixView<T>(_weight.Of(pass.Gradient), _outputs, _inputs));
            if (_bias is not null)
            {
                RowVectors.Sum(outputGradient, _bias.Of(pass.Gradient));
            }

            if (!inputGradient.IsEmpty)
            {
                MatrixProduct.Multiply(dy, Weight(pass.Parameters), new MatrixView<T>(inputGradient, rows, _inputs));
            }
        }

        private ReadOnlyMatrixView<T> Weight(ReadOnlySpan<T> parameters) => new(_weight.Of(parameters), _outputs, _inputs);
    }
}
