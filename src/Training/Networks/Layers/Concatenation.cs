using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Networks.Layers;

/// <summary>Gives the input to several chains of layers and puts their outputs one after another along the first axis (features or channels).</summary>
public sealed class Concatenation(params IReadOnlyList<IReadOnlyList<Layer>> branches) : Layer
{
    public override string Prefix => "concat";

    public override string Title => $"concatenation of {branches.Count} branches";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (branches.Count == 0)
        {
            throw planner.Refuse("it must have at least 1 branch");
        }

        var outputs = branches.Select((layers, i) => planner.Branch($"branch{i + 1}", layers, input).Output).ToArray();
        if (outputs.Any(o => !o.Skip(1).SequenceEqual(outputs[0].Skip(1))))
        {
            throw planner.Refuse($"its branches give {string.Join(", ", outputs.AsEnumerable())}, which must agree in all axes but the first");
        }

        planner.Workspace((2L * outputs.Sum(o => o.Length)) + input.Length);
        return [outputs.Sum(o => o[0]), .. outputs[0].Skip(1)];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, settings);

    private sealed class Compiled<T> : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly CompiledChain<T>[] _branches;
        private readonly int[] _lengths;
        private readonly T[][] _outputs;
        private readonly T[] _gradient;
        private readonly T[] _inputGradient;
        private readonly int _inputLength;
        private readonly int _outputLength;

        public Compiled(LayerPlan plan, CompileSettings settings)
        {
            _branches = [.. plan.Branches.Select(b => new CompiledChain<T>(b, settings))];
            _lengths = [.. plan.Branches.Select(b => b.Output.Length)];
            _outputs = [.. _lengths.Select(length => CompiledChain<T>.Allocate(length, settings.BatchSize))];
            _gradient = settings.Trains ? CompiledChain<T>.Allocate(_lengths.Max(), settings.BatchSize) : [];
            _inputGradient = settings.Trains ? CompiledChain<T>.Allocate(plan.Input.Length, settings.BatchSize) : [];
            _inputLength = plan.Input.Length;
            _outputLength = plan.Output.Length;
        }

        public override bool HasParameters => _branches.Any(b => b.HasParameters);

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            var first = 0;
            for (var b = 0; b < _branches.Length; b++)
            {
                var part = _outputs[b].AsSpan(0, pass.Count * _lengths[b]);
                _branches[b].Forward(pass, input, part);
                for (var e = 0; e < pass.Count; e++)
                {
                    part.Slice(e * _lengths[b], _lengths[b]).CopyTo(output[((e * _outputLength) + first)..]);
                }

                first += _lengths[b];
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            var first = 0;
            for (var b = 0; b < _branches.Length; b++)
            {
                var part = _gradient.AsSpan(0, pass.Count * _lengths[b]);
                for (var e = 0; e < pass.Count; e++)
                {
                    outputGradient.Slice((e * _outputLength) + first, _lengths[b]).CopyTo(part[(e * _lengths[b])..]);
                }

                first += _lengths[b];
                var ownInput = b == 0 || inputGradient.IsEmpty ? inputGradient : _inputGradient.AsSpan(0, pass.Count * _inputLength);
                _branches[b].Backward(pass, input, _outputs[b].AsSpan(0, pass.Count * _lengths[b]), part, ownInput);
                if (b > 0)
                {
                    TensorPrimitives.Add(inputGradient, ownInput, inputGradient);
                }
            }
        }
    }
}
