using System.Numerics;

namespace Stepsize.Training.Networks;

/// <summary>A loss as a network's description names it.</summary>
public abstract class Loss
{
    /// <summary>Whether outputs are scores of classes, so that there is an accuracy.</summary>
    public abstract bool Classifies { get; }

    /// <summary>Whether evaluation also counts predictions whose true class is among the five largest scores.</summary>
    public virtual bool CountsTopFive => false;

    /// <summary>Predictions that one example makes: each counts as much in the mean.</summary>
    public abstract int PredictionsPerExample(Shape output);

    /// <param name="output">Shape of what the network puts out.</param>
    /// <param name="batchSize">Most examples of a pass.</param>
    public abstract CompiledLoss<T> Compile<T>(Shape output, int batchSize)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
