namespace Stepsize.Data.Metrics;

/// <summary>What is known of a layer in every iteration.</summary>
public enum LayerMeasure
{
    /// <summary>‖g‖.</summary>
    Gradient,

    /// <summary>‖Δx‖.</summary>
    Update,

    /// <summary>‖Δx‖/‖g‖: what multiplied the gradient in effect. From the stored norms.</summary>
    Rate,

    /// <summary>The optimizer's stepsize for the layer.</summary>
    Stepsize,
}
