namespace Stepsize.Training.Networks;

/// <summary>Layers one after another, with their shapes known. No layers at all pass the input through.</summary>
public sealed record ChainPlan(Shape Input, IReadOnlyList<LayerPlan> Layers)
{
    public Shape Output => Layers.Count == 0 ? Input : Layers[^1].Output;

    /// <summary>Multiply-adds of one example's forward pass.</summary>
    public long MultiplyAdds => Layers.Sum(l => l.MultiplyAdds + l.Branches.Sum(b => b.MultiplyAdds));

    /// <summary>Numbers that one example keeps between forward and backward pass, gradients included: what a batch needs at most.</summary>
    public long ActivationLength => Layers.Sum(l => l.Output.Length + l.WorkspaceLength + l.Branches.Sum(b => b.ActivationLength))
        + (2L * Layers.Select(l => l.Output.Length).DefaultIfEmpty().Max());
}
