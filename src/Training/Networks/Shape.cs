using System.Collections;
using System.Runtime.CompilerServices;

namespace Stepsize.Training.Networks;

/// <summary>
/// The axes of one example, without the batch: <c>[784]</c> features, <c>[1, 28, 28]</c> channels × height × width, <c>[40, 200]</c> time × features.
/// In memory an example is contiguous, its last axis fastest, and a batch is its examples one after another.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IEquatable<Shape>, IReadOnlyList<int>
{
    private readonly int[] _axes;

    private Shape(int[] axes)
    {
        _axes = axes;
        Length = axes.Aggregate(1, (product, axis) => checked(product * axis));
    }

    /// <summary>Numbers an example has.</summary>
    public int Length { get; }

    /// <summary>Number of axes.</summary>
    public int Count => _axes.Length;

    public int this[int axis] => _axes[axis];

    /// <summary>Written out, for the compiler would count from the end of <see cref="Length"/> numbers.</summary>
    public int this[Index axis] => _axes[axis];

    public static Shape Create(ReadOnlySpan<int> axes) => new(axes.ToArray());

    /// <summary>The same axes but for the last.</summary>
    public Shape WithLast(int length) => new([.. _axes[..^1], length]);

    public bool Equals(Shape? other) => other is not null && _axes.AsSpan().SequenceEqual(other._axes);

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode() => _axes.Aggregate(17, HashCode.Combine);

    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_axes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _axes.GetEnumerator();

    /// <summary>Such as <c>1×28×28</c>.</summary>
    public override string ToString() => string.Join('×', _axes);
}
