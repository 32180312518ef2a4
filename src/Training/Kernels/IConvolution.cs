namespace Stepsize.Training.Kernels;

/// <summary>One way to compute a convolution. Lengths have been checked; every pass overwrites its result.</summary>
internal interface IConvolution<T>
    where T : unmanaged
{
    /// <param name="bias">One a filter, or empty.</param>
    void Forward(ReadOnlySpan<T> input, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> output, int images);

    /// <param name="inputGradient">Empty where nobody needs it.</param>
    void Gradients(
        ReadOnlySpan<T> input, ReadOnlySpan<T> weights, ReadOnlySpan<T> outputGradient, Span<T> weightGradient, Span<T> inputGradient, int images);
}
