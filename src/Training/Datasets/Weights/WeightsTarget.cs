using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>A network that pretrained weights can be brought in for: knows what others call its tensors.</summary>
public abstract class WeightsTarget
{
    /// <summary>Such as <c>vit-s16</c>: what <c>--for</c> takes, and the name of the weights where no other is given.</summary>
    public abstract string Id { get; }

    public abstract string Title { get; }

    /// <summary>Id of the workload that starts from them, by its option <c>weights</c>.</summary>
    public abstract string Workload { get; }

    /// <summary>Every parameter tensor of the network, with its shape.</summary>
    internal abstract IReadOnlyList<(string Name, IReadOnlyList<int> Shape)> Parameters { get; }

    /// <summary>Whether a parameter may start otherwise, as the last layer's do.</summary>
    internal abstract bool IsOptional(string parameter);

    /// <summary>The file's tensors as the network's.</summary>
    /// <exception cref="InvalidInputException">Tensors are missing, of another shape, unknown, or not finite; all of them are named.</exception>
    internal abstract MappedWeights Map(WeightFile file, string shown);
}
