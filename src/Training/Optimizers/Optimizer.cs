using System.Numerics;
using System.Runtime.InteropServices;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Optimizers;

/// <summary>
/// The state of an optimizer in one run. A subclass is its constructor and its step; buffers taken with <see cref="Buffer"/> and
/// <see cref="Accumulators"/> are saved and restored by the base.
/// </summary>
/// <typeparam name="T">float, or double for small problems and references.</typeparam>
public abstract class Optimizer<T>(ParameterLayout layout)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<T[]> _buffers = [];
    private readonly List<double[]> _accumulators = [];

    protected ParameterLayout Layout { get; } = layout;

    /// <summary>The layout's tensors, as an array: a loop over the list behind an interface allocates an enumerator each iteration.</summary>
    protected ParameterSegment[] Tensors { get; } = [.. layout.Segments];

    /// <summary>Bytes that <see cref="Save"/> writes.</summary>
    public int StateLength =>
        _buffers.Sum(b => MemoryMarshal.AsBytes(b.AsSpan()).Length) + _accumulators.Sum(a => MemoryMarshal.AsBytes(a.AsSpan()).Length);

    /// <summary>Stepsize of a tensor in the last step, where the optimizer has one a tensor; null where it has one for all, or several a tensor.</summary>
    /// <param name="tensor">Index in the layout.</param>
    public virtual double? TensorStepsize(int tensor) => null;

    /// <summary>Makes one step: changes <paramref name="x"/> and may change <paramref name="g"/>.</summary>
    /// <param name="x">Parameters, flat.</param>
    /// <param name="g">Gradient of the mean mini-batch loss at <paramref name="x"/>; scratch afterwards.</param>
    /// <returns>The effective stepsize: what multiplied the gradient or momentum; the median where there were many.</returns>
    public abstract double Step(Span<T> x, Span<T> g, StepContext<T> context);

    /// <summary>Copies the whole state, so that <see cref="Restore"/> continues to the bit.</summary>
    public void Save(Span<byte> destination)
    {
        foreach (var buffer in _buffers)
        {
            destination = Write(MemoryMarshal.AsBytes(buffer.AsSpan()), destination);
        }

        foreach (var accumulators in _accumulators)
        {
            destination = Write(MemoryMarshal.AsBytes(accumulators.AsSpan()), destination);
        }
    }

    public void Restore(ReadOnlySpan<byte> source)
    {
        foreach (var buffer in _buffers)
        {
            source = Read(source, MemoryMarshal.AsBytes(buffer.AsSpan()));
        }

        foreach (var accumulators in _accumulators)
        {
            source = Read(source, MemoryMarshal.AsBytes(accumulators.AsSpan()));
        }
    }

    /// <summary>A state array that belongs to checkpoints. Taken in the constructor only.</summary>
    protected T[] Buffer(int length, T initial = default)
    {
        var buffer = GC.AllocateUninitializedArray<T>(length, pinned: true);
        buffer.AsSpan().Fill(initial);
        _buffers.Add(buffer);
        return buffer;
    }

    /// <summary>
    /// Like <see cref="Buffer"/> for sums that go on for a whole run, one for a neuron, a tensor or everything: always in double, for in float a
    /// sum of 10⁶ = (10³)² would swallow squared norms below 0.03.
    /// </summary>
    protected double[] Accumulators(int length, double initial)
    {
        var accumulators = new double[length];
        accumulators.AsSpan().Fill(initial);
        _accumulators.Add(accumulators);
        return accumulators;
    }

    private static Span<byte> Write(ReadOnlySpan<byte> state, Span<byte> destination)
    {
        state.CopyTo(destination);
        return destination[state.Length..];
    }

    private static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> source, Span<byte> state)
    {
        source[..state.Length].CopyTo(state);
        return source[state.Length..];
    }
}
