using System.Numerics;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Datasets;

/// <summary>
/// Inputs that are made each time they are asked for: pictures kept as bytes or as files, too large as numbers, or varied at random in training.
/// Immutable, and shared by threads.
/// </summary>
public abstract class ExampleSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers of an example.</summary>
    public abstract int InputLength { get; }

    /// <summary>An example as evaluation sees it.</summary>
    /// <param name="destination">Overwritten; <see cref="InputLength"/> numbers.</param>
    /// <exception cref="Faults.InvalidInputException">It comes from a file that is not what it must be.</exception>
    public abstract void Read(int example, Span<T> destination);

    /// <summary>An example as training sees it.</summary>
    /// <param name="random">What to vary it by.</param>
    /// <inheritdoc cref="Read"/>
    public virtual void ReadForTraining(int example, RandomStream random, Span<T> destination) => Read(example, destination);
}
