using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Stepsize.Training.Optimizers.Mechanics;

/// <summary>
/// The exact median of an array that changes a little from one iteration to the next. Elements below and above a narrow window around the
/// expected median are only counted, in one vectorised pass that can follow an update chunk by chunk while the values are still in the cache; the few
/// inside are collected and selected from. Where the median has left the window, a sample gives a new one. What it remembers between calls
/// decides how fast the answer comes and never what it is, so none of it belongs to checkpoints.
/// </summary>
/// <param name="length">Elements of the array.</param>
internal sealed class RunningMedian<T>(int length)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Up to this length selecting directly is faster than a window.</summary>
    private const int Short = 192;

    private const int SampleSize = 1024;

    /// <summary>Six standard deviations of the rank of a sample's median: √1024 / 2 = 16 places each.</summary>
    private const int SampleMargin = 96;

    private const double NarrowestWindow = 1e-7;

    private readonly T[] _collected = new T[length];
    private T _low;
    private T _centre = T.NaN;
    private T _high;
    private double _width = 0.01;
    private double _expected;
    private double _last;
    private double _scale = 1;
    private int _below;
    private int _atCentre;
    private int _inside;
    private int _above;
    private bool _hasNaN;

    /// <summary>The two middle values of <paramref name="values"/>, equal where the number of elements is odd; NaN if one element is NaN.</summary>
    public (T Lower, T Upper) Of(ReadOnlySpan<T> values)
    {
        Begin();
        Add(values);
        return End(values);
    }

    /// <summary>Starts a pass. Then <see cref="Add"/> all elements, in chunks of any size, then <see cref="End"/>.</summary>
    /// <param name="scale">A positive factor of most elements that jumps between passes, where it is known: the window moves with it.</param>
    public void Begin(double scale = 1)
    {
        _scale = scale > 0 && double.IsFinite(scale) ? scale : 1;
        var expected = _expected * _scale;
        Open(T.CreateTruncating(expected * (1 - _width)), T.CreateTruncating(expected), T.CreateTruncating(expected * (1 + _width)));
    }

    public void Add(ReadOnlySpan<T> chunk)
    {
        if (length > Short)
        {
            Count(chunk);
        }
    }

    /// <param name="values">All elements.</param>
    public (T Lower, T Upper) End(ReadOnlySpan<T> values)
    {
        if (length <= Short)
        {
            return SelectFromAll(values);
        }

        if (_hasNaN)
        {
            return (T.NaN, T.NaN);
        }

        int lower = (length - 1) / 2, upper = length / 2;
        if (!Holds(lower, upper))
        {
            _width = Math.Min(0.5, _width * 2);
            OpenFromSample(values);
            Count(values);
            if (!Holds(lower, upper))
            {
                return Remember(SelectFromAll(values));
            }
        }
        else if (_inside > 64)
        {
            // Slowly narrower after a hit and at once wider after a miss, which costs as much as several passes.
            _width = Math.Max(NarrowestWindow, _width * 0.9);
        }

        return Remember((FromWindow(lower - _below), FromWindow(upper - _below)));
    }

    private void Open(T low, T centre, T high)
    {
        (_low, _centre, _high) = (low, centre, high);
        (_below, _atCentre, _inside, _above, _hasNaN) = (0, 0, 0, 0, false);
    }

    private void OpenFromSample(ReadOnlySpan<T> values)
    {
        var sample = _collected.AsSpan(0, Math.Min(SampleSize, values.Length));
        for (var i = 0; i < sample.Length; i++)
        {
            sample[i] = values[(int)((long)i * values.Length / sample.Length)];
        }

        sample.Sort();
        var middle = sample.Length / 2;
        var margin = Math.Min(SampleMargin, middle - 1);
        Open(sample[middle - margin], sample[middle], sample[middle + margin]);
    }

    private bool Holds(int lower, int upper) => _below <= lower && upper < length - _above;

    /// <summary>Four vectors at a time, whose comparisons fit the bits of one word for float: one branch and two counts for 64 elements.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Count(ReadOnlySpan<T> chunk)
    {
        ref var start = ref MemoryMarshal.GetReference(chunk);
        var low = Vector512.Create(_low);
        var high = Vector512.Create(_high);
        var lanes = Vector512<T>.Count;
        int i = 0, countBelow = 0, countAbove = 0;
        for (; i <= chunk.Length - (4 * lanes); i += 4 * lanes)
        {
            ulong below = 0, above = 0;
            for (var v = 0; v < 4; v++)
            {
                var values = Vector512.LoadUnsafe(ref start, (nuint)(i + (v * lanes)));
                below |= Vector512.LessThan(values, low).ExtractMostSignificantBits() << (v * lanes);
                above |= Vector512.GreaterThan(values, high).ExtractMostSignificantBits() << (v * lanes);
            }

            countBelow += BitOperations.PopCount(below);
            countAbove += BitOperations.PopCount(above);
            var rest = ~(below | above) & (ulong.MaxValue >> (64 - (4 * lanes)));
            if (rest != 0)
            {
                CountInside(chunk.Slice(i, 4 * lanes), rest);
            }
        }

        _below += countBelow;
        _above += countAbove;
        for (; i < chunk.Length; i++)
        {
            CountOne(chunk[i]);
        }
    }

    /// <summary>Elements in the window: those equal to its centre are counted, for there may be very many; the others collected.</summary>
    private void CountInside(ReadOnlySpan<T> values, ulong which)
    {
        var centre = 0UL;
        for (var v = 0; v < 4; v++)
        {
            var lanes = Vector512.Create(values[(v * Vector512<T>.Count)..]);
            centre |= Vector512.Equals(lanes, Vector512.Create(_centre)).ExtractMostSignificantBits() << (v * Vector512<T>.Count);
        }

        _atCentre += BitOperations.PopCount(centre);
        for (which &= ~centre; which != 0; which &= which - 1)
        {
            Collect(values[BitOperations.TrailingZeroCount(which)]);
        }
    }

    private void CountOne(T value)
    {
        if (value < _low)
        {
            _below++;
        }
        else if (value > _high)
        {
            _above++;
        }
        else if (value == _centre)
        {
            _atCentre++;
        }
        else
        {
            Collect(value);
        }
    }

    private void Collect(T value)
    {
        _hasNaN |= T.IsNaN(value);
        _collected[_inside++] = value;
    }

    /// <summary>The value at a rank among those inside the window, of which the ones equal to its centre were only counted.</summary>
    private T FromWindow(int rank)
    {
        var inside = _collected.AsSpan(0, _inside);
        if (_atCentre > 0)
        {
            var smaller = 0;
            foreach (var value in inside)
            {
                smaller += value < _centre ? 1 : 0;
            }

            if (rank >= smaller)
            {
                if (rank < smaller + _atCentre)
                {
                    return _centre;
                }

                rank -= _atCentre;
            }
        }

        return Selection.At(inside, rank);
    }

    private (T Lower, T Upper) SelectFromAll(ReadOnlySpan<T> values)
    {
        var all = _collected.AsSpan(0, values.Length);
        values.CopyTo(all);
        foreach (var value in all)
        {
            if (T.IsNaN(value))
            {
                return (T.NaN, T.NaN);
            }
        }

        return (Selection.At(all, (length - 1) / 2), Selection.At(all, length / 2));
    }

    /// <summary>Expects the median to move on by the same factor: accumulators and moving averages do.</summary>
    private (T Lower, T Upper) Remember((T Lower, T Upper) middle)
    {
        var now = double.CreateTruncating(middle.Lower) / _scale;
        var before = _last;
        _last = now;
        var ratio = before > 0 && now > 0 ? now / before : 1;
        _expected = double.IsFinite(ratio) && ratio is > 0.25 and < 4 ? now * ratio : now;
        return middle;
    }
}
