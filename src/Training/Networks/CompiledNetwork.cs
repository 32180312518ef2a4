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
        _loss = network.Loss.Compile<T>(network.Output);
        _outputLength = network.Output.Length;
        _outputs = CompiledChain<T>.Allocate(_outputLength, settings.BatchSize);
        _outputGradient = settings.Trains ? CompiledChain<T>.Allocate(_outputLength, settings.BatchSize) : [];
    }

    public int BatchSize { get; }

    /// <summary>Outputs of the last forward pass; longer than the pass's examples where the batch was not full.</summary>
    public ReadOnlySpan<T> Outputs => _outputs;

    /// <summary>Loss and accuracy of some examples.</summary>
    /// <param name="inputs">Inputs of the examples, one after another.</param>
    /// <param name="set">Where the targets of the examples are.</param>
    public LossSums Forward(in Pass<T> pass, ReadOnlySpan<T> inputs, SupervisedSet<T> set, ReadOnlySpan<int> examples) =>
        Forward(pass, inputs, set, examples, default);

    /// <summary>Loss and accuracy of some examples, and the gradient of their mean loss in <see cref="Pass{T}.Gradient"/>.</summary>
    public LossSums ForwardBackward(in Pass<T> pass, ReadOnlySpan<T> inputs, SupervisedSet<T> set, ReadOnlySpan<int> examples)
    {
        var gradient = _outputGradient.AsSpan(0, pass.Count * _outputLength);
        var sums = Forward(pass, inputs, set, examples, gradient);
        _chain.Backward(pass, inputs, _outputs.AsSpan(0, pass.Count * _outputLength), gradient, default);
        return sums;
    }

    private LossSums Forward(in Pass<T> pass, ReadOnlySpan<T> inputs, SupervisedSet<T> set, ReadOnlySpan<int> examples, Span<T> gradient)
    {
        var outputs = _outputs.AsSpan(0, pass.Count * _outputLength);
        _chain.Forward(pass, inputs, outputs);
        return _loss.Measure(outputs, set, examples, gradient);
    }
}
