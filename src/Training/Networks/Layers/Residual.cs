using System.Numerics;
using System.Numerics.Tensors;

namespace Stepsize.Training.Networks.Layers;

/// <summary>Adds the output of a chain of layers to the input, or to the output of a shortcut that brings it to the same shape (He et al. 2016).</summary>
/// <param name="main">The chain.</param>
/// <param name="shortcut">Layers of the shortcut; none pass the input through.</param>
public sealed class Residual(IReadOnlyList<Layer> main, params IReadOnlyList<Layer> shortcut) : Layer
{
    public override string Prefix => "block";

    public override string Title => "residual block";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        var added = planner.Branch("", main, input);
        var passed = planner.Branch("shortcut", shortcut, input);
        if (!added.Output.Equals(passed.Output))
        {
            throw planner.Refuse($"its chain gives {added.Output} and its shortcut {passed.Output}, which must be equal to be added");
        }

        planner.Workspace(2L * added.Output.Length);
        return added.Output;
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new Compiled<T>(plan, settings);

    private sealed class Compiled<T> : CompiledLayer<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly CompiledChain<T> _main;
        private readonly CompiledChain<T> _shortcut;
        private readonly int _inputLength;
        private readonly int _outputLength;
        private readonly T[] _mainOutput;
        private readonly T[] _shortcutOutput;
        private readonly T[] _shortcutGradient;
        private readonly T[] _shortcutInputGradient;

        public Compiled(LayerPlan plan, CompileSettings settings)
        {
            _main = new CompiledChain<T>(plan.Branches[0], settings);
            _shortcut = new CompiledChain<T>(plan.Branches[1], settings);
            _inputLength = plan.Input.Length;
            _outputLength = plan.Output.Length;
            _mainOutput = CompiledChain<T>.Allocate(_outputLength, settings.BatchSize);
            _shortcutOutput = CompiledChain<T>.Allocate(_outputLength, settings.BatchSize);
            _shortcutGradient = settings.Trains ? CompiledChain<T>.Allocate(_outputLength, settings.BatchSize) : [];
            _shortcutInputGradient = settings.Trains ? CompiledChain<T>.Allocate(_inputLength, settings.BatchSize) : [];
        }

        public override bool HasParameters => _main.HasParameters || _shortcut.HasParameters;

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> input, Span<T> output)
        {
            _main.Forward(pass, input, Of(_mainOutput, pass.Count, _outputLength));
            _shortcut.Forward(pass, input, Of(_shortcutOutput, pass.Count, _outputLength));
            TensorPrimitives.Add<T>(Of(_mainOutput, pass.Count, _outputLength), Of(_shortcutOutput, pass.Count, _outputLength), output);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> input, ReadOnlySpan<T> output, Span<T> outputGradient, Span<T> inputGradient)
        {
            // Each chain may use its gradient as scratch.
            var gradient = Of(_shortcutGradient, pass.Count, _outputLength);
            outputGradient.CopyTo(gradient);
            var shortcutInput = inputGradient.IsEmpty ? default : Of(_shortcutInputGradient, pass.Count, _inputLength);
            _main.Backward(pass, input, Of(_mainOutput, pass.Count, _outputLength), outputGradient, inputGradient);
            _shortcut.Backward(pass, input, Of(_shortcutOutput, pass.Count, _outputLength), gradient, shortcutInput);
            TensorPrimitives.Add(inputGradient, shortcutInput, inputGradient);
        }

        private static Span<T> Of(T[] buffer, int count, int length) => buffer.AsSpan(0, count * length);
    }
}
