using Stepsize.Training.Analysis.Curves;

namespace Stepsize.Data.Metrics;

/// <summary>
/// Takes a run's values in order and keeps what a chart of a window needs: every value where there are few, else its ends and, between them, the smallest
/// and largest of equally wide stretches. Memory grows with the points, not with the run.
/// </summary>
internal sealed class Envelope
{
    private readonly int _first;
    private readonly int _last;
    private readonly Stretches _stretches;
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
        _stretches = new Stretches(first, last, points);
        _minimum = new float[_stretches.Count];
        _maximum = new float[_stretches.Count];
        _isBegun = new bool[_stretches.Count];
    }

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
        int[] iterations = [.. Enumerable.Range(0, _stretches.Count).Select(_stretches.Middle)];
        return new Curve(iterations, _minimum, _maximum, _stretches.IsRaw, _firstNonFinite, total);
    }

    private void Keep(int iteration, float value)
    {
        while (_point + 1 < _stretches.Count && _stretches.Starts[_point + 1] <= iteration)
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
