using System.Numerics;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>The update of one coordinate (of a vector of them) with one state array, written like its formula. A struct, so that the loop inlines it.</summary>
internal interface ICoordinateRule1<T>
    where T : unmanaged
{
    /// <param name="x">Parameters; changed in place.</param>
    /// <param name="g">Gradient.</param>
    /// <param name="s">State; changed in place.</param>
    void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> s);
}

/// <summary>The same with two state arrays.</summary>
internal interface ICoordinateRule2<T>
    where T : unmanaged
{
    void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> s1, ref Vector<T> s2);
}

/// <summary>The same with three state arrays.</summary>
internal interface ICoordinateRule3<T>
    where T : unmanaged
{
    void Apply(ref Vector<T> x, Vector<T> g, ref Vector<T> s1, ref Vector<T> s2, ref Vector<T> s3);
}
