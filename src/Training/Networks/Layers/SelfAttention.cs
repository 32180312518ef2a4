namespace Stepsize.Training.Networks.Layers;

/// <summary>
/// Multi-head self-attention over a sequence, time × features (Vaswani et al. 2017): softmax(Q Kᵀ/√width) V in each head. Parameters as in PyTorch:
/// in_proj_weight [3·features][features] (queries, keys, values), in_proj_bias, out_proj.weight [features][features], out_proj.bias.
/// </summary>
public sealed class SelfAttention(int heads) : Layer
{
    public int Heads { get; } = heads;

    public override string Prefix => "attention";

    public override string Title => $"self-attention with {Heads} heads";

    public override Shape Infer(LayerPlanner planner, Shape input)
    {
        if (input.Count != 2)
        {
            throw planner.Refuse("it must be a sequence, time × features");
        }

        var (times, features) = (input[0], input[1]);
        if (Heads < 1 || features % Heads != 0)
        {
            throw planner.Refuse($"its features must be a multiple of the {Heads} heads, and there must be at least 1");
        }

        planner.Parameter("in_proj_weight", Initialisation.GlorotUniform(features, 3 * features), 3 * features, features);
        planner.Parameter("in_proj_bias", Initialisation.Zeros, 3 * features);
        planner.Parameter("out_proj.weight", Initialisation.PyTorchDefault(features), features, features);
        planner.Parameter("out_proj.bias", Initialisation.Zeros, features);
        planner.MultiplyAdds((4L * times * features * features) + (2L * times * times * features));
        planner.Workspace((8L * times * features) + ((long)Heads * times * times));
        return input;
    }

    public override CompiledLayer<T> Compile<T>(LayerPlan plan, CompileSettings settings) => new CompiledAttention<T>(plan, settings, Heads);
}
