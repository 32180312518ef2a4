using Stepsize.Training.Parameters;
using static TorchSharp.torch;

namespace Stepsize.Torch.Parameters;

/// <summary>The parameters of R runs, and their gradient where they are trained.</summary>
internal sealed class BatchedParameters : IDisposable
{
    private readonly BatchedLayout _layout;
    private readonly Tensor[] _leaves;
    private readonly Tensor[] _gradients;

    /// <param name="values">[R, width], which this owns from here on.</param>
    public BatchedParameters(BatchedLayout layout, Tensor values, bool trains)
    {
        _layout = layout;
        Values = values;
        Gradient = trains ? zeros_like(values) : null;

        // Each tensor is a leaf of its own: a slice of one leaf would be differentiated into a matrix of zeros as large as all of them.
        _leaves = [.. Enumerable.Range(0, layout.Count).Select(i =>
        {
            using var view = layout.Shaped(values, i);
            return view.detach().requires_grad_(trains);
        })];
        _gradients = Gradient is null ? [] : [.. Enumerable.Range(0, layout.Count).Select(i => layout.Shaped(Gradient, i))];
        Tensors = layout.Layout.Segments.Zip(_leaves).ToDictionary(p => p.First, p => p.Second, (IEqualityComparer<ParameterSegment>)ReferenceEqualityComparer.Instance);
    }

    /// <summary>[R, width].</summary>
    public Tensor Values { get; }

    /// <summary>[R, width]; null where they are not trained.</summary>
    public Tensor? Gradient { get; }

    /// <summary>Each parameter tensor, [R, its shape], as views.</summary>
    public IReadOnlyDictionary<ParameterSegment, Tensor> Tensors { get; }

    /// <summary>Runs.</summary>
    public long Runs => Values.shape[0];

    /// <summary>Writes the gradient of a number; runs that do not share anything each get their own.</summary>
    public void Differentiate(Tensor total)
    {
        // Not by autograd.grad: an error in there, such as too little memory, would end the process.
        total.backward();
        for (var i = 0; i < _leaves.Length; i++)
        {
            using var gradient = _leaves[i].grad!;
            _gradients[i].copy_(gradient);
            _leaves[i].grad = null;
        }
    }

    /// <summary>The parameters of some runs alone.</summary>
    public BatchedParameters Of(Tensor rows, bool trains) => new(_layout, Values.index_select(0, rows), trains);

    public void Dispose()
    {
        foreach (var tensor in _leaves.Concat(_gradients))
        {
            tensor.Dispose();
        }

        Gradient?.Dispose();
        Values.Dispose();
    }
}
