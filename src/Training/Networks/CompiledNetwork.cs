using System.Numerics;
using Stepsize.Training.Datasets;

namespace Stepsize.Training.Networks;

/// <summary>A network over buffers for a batch size: forward and backward passes that allocate nothing. Belongs to one thread at a time.</summary>
public sealed class CompiledNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CompiledChain<T> _chain;
    private readonly CompiledLoss<T> _loss;
    private readonly int _outputLength;
    private readonly T[] _outputs;
    private readonly T[] _outputGradient;

    internal CompiledNetwork(Network network, CompileSettings settings)
    {
        BatchSize = settings.BatchSize;
        _chain = new CompiledChain<T>(network.Plan, settings);
        _loss = network.Loss.Compile<T>(network.Output, settings.BatchSize);
        _outputLength = network.Output.Length;
        _outputs = CompiledChain<T>.Allocate(_outputLength, settings.BatchSize);
        _outputGradient = settings.Trains ? CompiledChain<T>.Allocate(_outputLength, settings.BatchSize) : [];
    }

    public int BatchSize { get; }

    /// <summary>Outputs of the last forward pass; longer than the pass's examples where the batch was not full.</summary>
    public ReadOnlySpan<T> Outputs => _outputs;

    /// <summary>Loss and accuracy of the pass's examples.</summary>
    /// <param name="inputs">Their inputs, one after another; not read where the pass has sparse ones.</param>
    /// <param name="set">Where their targets are.</param>
    public LossSums Forward(in Pass<T> pass, ReadOnlySpan<T> inputs, SupervisedSet<T> set) => Forward(pass, inputs, set, default);

    /// <summary>Loss and accuracy of the pass's examples, and the gradient of their mean loss in <see cref="Pass{T}.Gradient"/>.</summary>
    /// <inheritdoc cref="Forward(in Pass{T}, ReadOnlySpan{T}, SupervisedSet{T})"/>
    public LossSums ForwardBackward(in Pass<T> pass, ReadOnlySpan<T> inputs, SupervisedSet<T> set)
    {
        var gradient = _outputGradient.AsSpan(0, pass.Count * _outputLength);
        var sums = Forward(pass, inputs, set, gradient);
        _chain.Backward(pass, inputs, _outputs.AsSpan(0, pass.Count * _outputLength), gradient, default);
        return sums;
    }

    private LossSums Forward(in Pass<T> pass, ReadOnlySpan<T> inputs, SupervisedSet<T> set, Span<T> gradient)
    {
        var outputs = _outputs.AsSpan(0, pass.Count * _outputLength);
        _chain.Forward(pass, inputs, outputs);
        return _loss.Measure(outputs, set, pass.Examples, gradient);
    }
}
