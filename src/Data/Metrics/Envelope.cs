namespace Stepsize.Data.Metrics;

/// <summary>
/// Takes a run's values in order and keeps what a chart of a window needs: every value where there are few, else its ends and, between them, the smallest
/// and largest of equally wide stretches. Memory grows with the points, not with the run.
/// </summary>
internal sealed class Envelope
{
    private readonly int _first;
    private readonly int _last;
    private readonly int[] _starts;
    private readonly float[] _minimum;
    private readonly float[] _maximum;
    private readonly bool[] _isBegun;
    private int _point;
    private int? _firstNonFinite;

    /// <param name="first">First iteration of the window, counted from 1.</param>
    /// <param name="last">Last iteration; less than <paramref name="first"/> for an empty window.</param>
    /// <param name="points">Most points to keep, at least 4.</param>
    public Envelope(int first, int last, int points)
    {
        (_first, _last) = (first, last);
        var count = Math.Max(0, last - first + 1);
        IsRaw = count <= points;
        _starts = IsRaw ? Enumerable.Range(first, count).ToArray() : Starts(first, last, points);
        _minimum = new float[_starts.Length];
        _maximum = new float[_starts.Length];
        _isBegun = new bool[_starts.Length];
    }

    public bool IsRaw { get; }

    /// <summary>Takes the next values of the run.</summary>
    /// <param name="iteration">Iteration of the first of them; larger than all before.</param>
    public void Add(int iteration, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (_firstNonFinite is null && !float.IsFinite(values[i]))
            {
                _firstNonFinite = iteration + i;
            }

            if (iteration + i >= _first && iteration + i <= _last)
            {
                Keep(iteration + i, values[i]);
            }
        }
    }

    /// <param name="total">Iterations stored of the run.</param>
    public Curve ToCurve(int total)
    {
        var iterations = new int[_starts.Length];
        for (var i = 0; i < iterations.Length; i++)
        {
            var end = i + 1 < _starts.Length ? _starts[i + 1] : _last + 1;
            iterations[i] = _starts[i] + ((end - 1 - _starts[i]) / 2);
        }

        return new Curve(iterations, _minimum, _maximum, IsRaw, _firstNonFinite, total);
    }

    /// <summary>The first iteration, the starts of points − 2 stretches, and the last.</summary>
    private static int[] Starts(int first, int last, int points)
    {
        var stretches = points - 2;
        long inner = last - first - 1;
        return [first, .. Enumerable.Range(0, stretches).Select(k => first + 1 + (int)(k * inner / stretches)), last];
    }

    private void Keep(int iteration, float value)
    {
        while (_point + 1 < _starts.Length && _starts[_point + 1] <= iteration)
        {
            _point++;
        }

        if (!_isBegun[_point])
        {
            _isBegun[_point] = true;
            (_minimum[_point], _maximum[_point]) = (value, value);
        }
        else
        {
            // A NaN becomes the largest value and stays it; the smallest passes it over.
            _minimum[_point] = float.MinNumber(_minimum[_point], value);
            _maximum[_point] = float.Max(_maximum[_point], value);
        }
    }
}
