namespace Stepsize.Training.Execution;

/// <summary>
/// A stretch of what is recorded of each layer, a layer being one parameter tensor. Each column holds the values of the first layer, then those of the second, and so on:
/// layers × iterations numbers. Euclidean norms, taken in double and kept in single precision; NaN and ±∞ are values like others.
/// </summary>
/// <param name="Names">Of the tensors, in the order of the parameters.</param>
/// <param name="Gradient">‖g‖, of the mini-batch loss before the step.</param>
/// <param name="Update">‖x after the step − x before it‖: what was really changed, momentum, decay and rounding included.</param>
/// <param name="Stepsize">The optimizer's stepsize for the layer: its own where the optimizer has one a layer, else the run's effective stepsize.</param>
public sealed record LayerColumns(IReadOnlyList<string> Names, float[] Gradient, float[] Update, float[] Stepsize)
{
    /// <summary>Layers.</summary>
    public int Count => Names.Count;
}
