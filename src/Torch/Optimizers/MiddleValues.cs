using Stepsize.Torch.Parameters;
using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>Exact medians of each run's values, which are never negative.</summary>
internal sealed class MiddleValues : IDisposable
{
    private readonly BatchedLayout _layout;
    private readonly Tensor _padding;

    public MiddleValues(BatchedLayout layout, Device device)
    {
        _layout = layout;
        _padding = Numbers.Upload<long>(layout.Padding, device, layout.Padding.Length);
    }

    /// <summary>The median of few values of each run [k, n], such as the stepsizes of neurons or tensors; NaN where one is.</summary>
    /// <returns>[k].</returns>
    public static Tensor Median(Tensor values)
    {
        var (lower, upper) = Middle(values, values.shape[1]);
        return Mean(lower, upper);
    }

    /// <summary>The mean of two values, to the bit their common value where they are equal.</summary>
    public static Tensor Mean(Tensor lower, Tensor upper) => where(lower.eq(upper), lower, (lower * 0.5) + (upper * 0.5));

    /// <summary>The two middle values of each run's row [k], in double, without padding; NaN where a value is.</summary>
    /// <param name="matrix">[k, width]; its padding is zero afterwards.</param>
    public (Tensor Lower, Tensor Upper) OfRows(Tensor matrix)
    {
        // Padding that is larger than all values does not move them from their ranks.
        Fill(matrix, double.PositiveInfinity);
        var middle = Middle(matrix, _layout.Layout.Length);
        Fill(matrix, 0);
        return middle;
    }

    public void Dispose() => _padding.Dispose();

    private static (Tensor Lower, Tensor Upper) Middle(Tensor values, long count)
    {
        // The sum of numbers that are not negative is NaN where one of them is; among ranks, NaN would only be the largest.
        var isNan = values.sum(1).isnan();
        var lower = Rank(values, (count - 1) / 2, isNan);
        return (lower, count % 2 == 1 ? lower : Rank(values, count / 2, isNan));
    }

    private static Tensor Rank(Tensor values, long rank, Tensor isNan) =>
        values.kthvalue(rank + 1, 1).Item1.to(ScalarType.Float64).masked_fill(isNan, double.NaN);

    private void Fill(Tensor matrix, double value)
    {
        if (_layout.Padding.Length > 0)
        {
            matrix.index_fill_(1, _padding, value);
        }
    }
}
