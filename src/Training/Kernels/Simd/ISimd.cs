namespace Stepsize.Training.Kernels.Simd;

/// <summary>
/// The vector operations that kernels are written in. A kernel is one generic method over an implementation of this; the JIT compiles it anew for each,
/// with every call below as one instruction.
/// </summary>
/// <typeparam name="TVector">The register's type.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal unsafe interface ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Elements of a vector.</summary>
    static abstract int Width { get; }

    /// <summary>Most rows of a product tile, two vectors wide, whose sums fit the registers.</summary>
    static abstract int TileRows { get; }

    static abstract TVector Load(T* source);

    /// <summary>The first <paramref name="count"/> elements, then zeros. Reads nothing beyond them.</summary>
    static abstract TVector LoadFirst(T* source, int count);

    static abstract void Store(T* destination, TVector value);

    /// <summary>Writes the first <paramref name="count"/> elements and touches nothing beyond them.</summary>
    static abstract void StoreFirst(T* destination, TVector value, int count);

    static abstract TVector Broadcast(T value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a·b + c.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>a where a &gt; b, else b: so NaN in b stays, NaN in a becomes b.</summary>
    static abstract TVector Greater(TVector a, TVector b);

    /// <summary>b where a &gt; 0, else 0.</summary>
    static abstract TVector WherePositive(TVector a, TVector b);

    /// <summary>Moves the lowest bits of each number's pattern to where its exponent is, the last of them to the exponent's last; all others fall out.</summary>
    static abstract TVector BitsToExponent(TVector value);

    /// <summary>Sum of the elements, always in the same order.</summary>
    static abstract T Sum(TVector value);
}
