using System.Numerics;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Execution;

/// <summary>What a run has measured since its last segment, in columns allocated once.</summary>
internal sealed class RunColumns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MostRows = 1 << 16;

    /// <summary>Numbers of a column of layers at a time.</summary>
    private const int MostLayerNumbers = 1 << 18;

    private readonly float[] _loss;
    private readonly float[] _accuracy;
    private readonly float[] _stepsize;
    private readonly double[] _iterates;
    private readonly int _parameters;
    private readonly LayerRows<T>? _layers;

    /// <param name="iterations">Iterations of the whole run.</param>
    /// <param name="parameters">Parameters of an iterate; 0 where iterates are not kept.</param>
    /// <param name="layers">The layers that are measured; null where none are.</param>
    public RunColumns(int iterations, int parameters, ParameterLayout? layers)
    {
        var rows = Math.Min(iterations, MostRows);
        if (layers is not null)
        {
            rows = Math.Min(rows, Math.Max(1, MostLayerNumbers / Math.Max(1, layers.Segments.Count)));
            _layers = new LayerRows<T>(layers, rows);
        }

        _loss = new float[rows];
        _accuracy = new float[rows];
        _stepsize = new float[rows];
        _iterates = new double[rows * parameters];
        _parameters = parameters;
    }

    public int Count { get; private set; }

    public bool IsFull => Count == _loss.Length;

    /// <summary>Called before an optimizer's step.</summary>
    public void BeginStep(ReadOnlySpan<T> x, ReadOnlySpan<T> g) => _layers?.Before(Count, x, g);

    /// <summary>Called after it, which ends the row.</summary>
    public void Add(double loss, double accuracy, double stepsize, ReadOnlySpan<T> x, Optimizer<T> optimizer)
    {
        _layers?.After(Count, x, stepsize, optimizer);
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
            result)
        {
            Layers = _layers?.Take(Count),
        };
        Count = 0;
        return segment;
    }
}
