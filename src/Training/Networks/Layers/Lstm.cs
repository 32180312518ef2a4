using System.Numerics;

namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// A long short-term memory over a sequence, time × features, giving time × hidden (Hochreiter and Schmidhuber 1997, with a forget gate). Several
/// layers are several of these. Parameters as in PyTorch: weight_ih [4·hidden][features], weight_hh [4·hidden][hidden], bias_ih and bias_hh [4·hidden], gates in
/// the order input, forget, cell, output, all U(±1/√hidden).
/// </summary>
/// <param name="carries">
/// Whether a pass begins with the state in which the last one ended, example by example, and no gradient goes back there: back-propagation through
/// time, truncated to the length of the sequence. Otherwise it begins at zero.
/// </param>
public sealed class Lstm(int hidden, bool carries = false) : Layer
{
    public override string Prefix => "lstm";

    public override string Title => $"LSTM of {hidden} cells";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (hidden < 1)
        {
            throw planner.Refuse("it must have at least 1 cell");
        }

        if (input.Count != 2)
        {
            throw planner.Refuse("it must be a sequence, time × features");
        }

        var initialisation = Initialisation.PyTorchDefault(hidden);
        planner.Parameter("weight_ih", initialisation, 4 * hidden, input[1]);
        planner.Parameter("weight_hh", initialisation, 4 * hidden, hidden);
        planner.Parameter("bias_ih", initialisation, 4 * hidden);
        planner.Parameter("bias_hh", initialisation, 4 * hidden);
        if (carries)
        {
            planner.Carry("hidden", hidden);
            planner.Carry("cell", hidden);
        }

        planner.MultiplyAdds(input[0] * 4L * hidden * (input[1] + hidden));
        planner.Workspace((input[0] * 7L * hidden) + (5L * hidden));
        return [input[0], hidden];
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new CompiledLstm<T>(plan, settings);
}
