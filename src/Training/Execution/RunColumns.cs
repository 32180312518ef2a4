using System.Numerics;

namespace Stepsize.Training.Execution;

/// <summary>What a run has measured since its last segment, in columns allocated once.</summary>
internal sealed class RunColumns
{
    private const int MostRows = 1 << 16;
    private readonly float[] _loss;
    private readonly float[] _accuracy;
    private readonly float[] _stepsize;
    private readonly double[] _iterates;
    private readonly int _parameters;

    /// <param name="iterations">Iterations of the whole run.</param>
    /// <param name="parameters">Parameters of an iterate; 0 where iterates are not kept.</param>
    public RunColumns(int iterations, int parameters)
    {
        var rows = Math.Min(iterations, MostRows);
        _loss = new float[rows];
        _accuracy = new float[rows];
        _stepsize = new float[rows];
        _iterates = new double[rows * parameters];
        _parameters = parameters;
    }

    public int Count { get; private set; }

    public bool IsFull => Count == _loss.Length;

    public void Add<T>(double loss, double accuracy, double stepsize, ReadOnlySpan<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _loss[Count] = (float)loss;
        _accuracy[Count] = (float)accuracy;
        _stepsize[Count] = (float)stepsize;
        for (var i = 0; i < _parameters; i++)
        {
            _iterates[(Count * _parameters) + i] = double.CreateTruncating(x[i]);
        }

        Count++;
    }

    /// <summary>Copies the rows into a segment and starts again.</summary>
    public RunSegment Take(int lastIteration, IReadOnlyList<EvaluationPoint> evaluations, RunCheckpoint? checkpoint, RunResult? result)
    {
        var segment = new RunSegment(
            lastIteration - Count + 1,
            _loss[..Count],
            _accuracy[..Count],
            _stepsize[..Count],
            _parameters == 0 ? null : _iterates[..(Count * _parameters)],
            evaluations,
            checkpoint,
            result);
        Count = 0;
        return segment;
    }
}
