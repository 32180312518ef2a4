using System.Numerics;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Sparse;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// A linear layer that is the first of its network: where a pass has sparse inputs it reads them, otherwise it leaves the work to the dense one. What
/// a weight meets only zeros does not reach the output, were it NaN; the executor looks at the parameters themselves.
/// </summary>
internal sealed class SparseLinear<T>(LayerPlan plan, CompiledLayer<T> dense) : CompiledLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterSegment _weight = plan.Parameters[0];
    private readonly ParameterSegment? _bias = plan.Parameters.Count > 1 ? plan.Parameters[1] : null;
    private readonly int _outputs = plan.Output[0];
    private readonly int _inputs = plan.Input[0];
    private readonly T[] _scratch = CompiledChain<T>.Allocate(SparseProduct.ScratchLength(plan.Input[0], plan.Output[0]), 1);

    public override bool HasParameters => true;

    public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
    {
        if (pass.SparseInputs is not { } x)
        {
            dense.Forward(pass, input, output);
            return;
        }

        if (pass.Stack is { } stack)
        {
            stack.CopyOutputs(pass.PlaceInStack, output);
            return;
        }

        var weight = new ReadOnlyMatrixView<T>(_weight.Of(pass.Parameters), _outputs, _inputs);
        var bias = _bias is null ? default : _bias.Of(pass.Parameters);
        SparseProduct.Forward(x, pass.Examples, weight, new MatrixView<T>(output, pass.Count, _outputs), _scratch, bias);
    }

    public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
    {
        if (pass.SparseInputs is not { } x)
        {
            dense.Backward(pass, input, output, outputGradient, inputGradient);
            return;
        }

        if (pass.Stack is { } stack)
        {
            stack.TakeOutputGradient(pass.PlaceInStack, outputGradient);
        }
        else
        {
            var gradient = new ReadOnlyMatrixView<T>(outputGradient, pass.Count, _outputs);
            var weight = new MatrixView<T>(_weight.Of(pass.Gradient), _outputs, _inputs);
            SparseProduct.WeightGradient(x, pass.Examples, gradient, weight, _scratch, pass.SortedInputs);
        }

        if (_bias is not null)
        {
            RowVectors.Sum(outputGradient, _bias.Of(pass.Gradient));
        }
    }
}
