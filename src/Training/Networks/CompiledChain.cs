using System.Numerics;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Networks;

/// <summary>
/// Layers one after another. Each layer's output has a place in a few buffers: layers that can work in place share one; in evaluation, where
/// nothing has to survive, two buffers alternate. Gradients alternate between two buffers too.
/// </summary>
internal sealed class CompiledChain<T> : CompiledLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CompiledLayer<T>[] _layers;
    private readonly int[] _lengths;
    private readonly BufferPlan _outputPlan;
    private readonly BufferPlan _gradientPlan;
    private readonly T[][] _outputs;
    private readonly T[][] _gradients;
    private readonly int _firstWithParameters;

    public CompiledChain(ChainPlan plan, CompileSettings settings)
    {
        var reader = settings.ReadsNetworkInput ? plan.Layers.FirstOrDefault(l => !l.Layer.IsView) : null;
        _layers = [.. plan.Layers.Select(l => l.Layer.Compile<T>(l, settings with { ReadsNetworkInput = l == reader }))];
        _lengths = [plan.Input.Length, .. plan.Layers.Select(l => l.Output.Length)];
        _firstWithParameters = Array.FindIndex(_layers, l => l.HasParameters);
        _outputPlan = BufferPlan.ForOutputs(_layers, _lengths, settings.Trains);
        _gradientPlan = BufferPlan.ForGradients(_layers, _lengths);
        _outputs = [.. _outputPlan.Lengths.Select(length => Allocate(length, settings.BatchSize))];
        _gradients = settings.Trains ? [.. _gradientPlan.Lengths.Select(length => Allocate(length, settings.BatchSize))] : [];
    }

    public override bool HasParameters => _firstWithParameters >= 0;

    /// <summary>Whether a layer reads its output that stands where the chain's does.</summary>
    public override bool BackwardReadsOutput
    {
        get
        {
            for (var i = 0; i < _layers.Length; i++)
            {
                if (_layers[i].BackwardReadsOutput && _outputPlan.Places[i + 1] == BufferPlan.End)
                {
                    return true;
                }
            }

            return false;
        }
    }

    public static T[] Allocate(long length, int batchSize)
    {
        if (length * batchSize > Array.MaxLength)
        {
            throw new InvalidInputException("batchSize", $"a batch of {batchSize} needs a buffer of {length * batchSize} numbers where {Array.MaxLength} is the most; give a smaller batch.");
        }

        return GC.AllocateArray<T>((int)length * batchSize, pinned: true);
    }

    public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            if (!_layers[i].IsView || Place(_outputPlan, i) != Place(_outputPlan, i + 1))
            {
                _layers[i].Forward(pass, Output(pass, i, input, output), MutableOutput(pass, i + 1, output));
            }
        }

        if (_layers.Length == 0)
        {
            input.CopyTo(output);
        }
    }

    public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
    {
        // Without a gradient for the input, nothing before the first parameters has to be gone through.
        var first = inputGradient.IsEmpty ? _firstWithParameters : 0;
        for (var i = _layers.Length - 1; i >= first && first >= 0; i--)
        {
            var after = Gradient(pass, i + 1, inputGradient, outputGradient);
            var before = i == first && inputGradient.IsEmpty ? default : Gradient(pass, i, inputGradient, outputGradient);
            if (!_layers[i].IsView || Place(_gradientPlan, i) != Place(_gradientPlan, i + 1))
            {
                _layers[i].Backward(pass, Output(pass, i, input, output), Output(pass, i + 1, input, output), after, before);
            }
        }

        if (_layers.Length == 0 && !inputGradient.IsEmpty)
        {
            outputGradient.CopyTo(inputGradient);
        }
    }

    private static int Place(BufferPlan plan, int boundary) => plan.Places[boundary];

    private ReadOnlySpan<T> Output(in Pass<T> pass, int boundary, ReadOnlySpan<T> input, ReadOnlySpan<T> output) => _outputPlan.Places[boundary] switch
    {
        BufferPlan.Start => input,
        BufferPlan.End => output,
        var place => _outputs[place].AsSpan(0, pass.Count * _lengths[boundary]),
    };

    private Span<T> MutableOutput(in Pass<T> pass, int boundary, Span<T> output) => _outputPlan.Places[boundary] switch
    {
        BufferPlan.End => output,
        var place => _outputs[place].AsSpan(0, pass.Count * _lengths[boundary]),
    };

    private Span<T> Gradient(in Pass<T> pass, int boundary, Span<T> inputGradient, Span<T> outputGradient) => _gradientPlan.Places[boundary] switch
    {
        BufferPlan.Start => inputGradient,
        BufferPlan.End => outputGradient,
        var place => _gradients[place].AsSpan(0, pass.Count * _lengths[boundary]),
    };
}
