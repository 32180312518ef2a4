using System.Numerics;
using System.Numerics.Tensors;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Parameters;

namespace Stepsize.Training.Execution;

/// <summary>
/// Measures each layer around a step and keeps the numbers until a segment takes them. It reads parameters and gradient and changes neither, so a run has the
/// bits that it has without.
/// </summary>
internal sealed class LayerRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ParameterSegment[] _tensors;
    private readonly string[] _names;
    private readonly T[] _before;
    private readonly float[] _gradient;
    private readonly float[] _update;
    private readonly float[] _stepsize;
    private readonly double[] _chunk = new double[1024];
    private readonly int _rows;

    /// <param name="rows">Most iterations until they are taken.</param>
    public LayerRows(ParameterLayout layout, int rows)
    {
        _tensors = [.. layout.Segments];
        _names = [.. _tensors.Select(t => t.Name)];
        _before = new T[layout.Length];
        _rows = rows;
        (_gradient, _update, _stepsize) = (new float[_tensors.Length * rows], new float[_tensors.Length * rows], new float[_tensors.Length * rows]);
    }

    /// <summary>Before the optimizer's step, which may change the gradient.</summary>
    /// <param name="row">Iterations kept since the last were taken.</param>
    public void Before(int row, ReadOnlySpan<T> x, ReadOnlySpan<T> g)
    {
        x.CopyTo(_before);
        for (var i = 0; i < _tensors.Length; i++)
        {
            _gradient[(i * _rows) + row] = (float)Norm(_tensors[i].Of(g));
        }
    }

    /// <summary>After it.</summary>
    /// <param name="stepsize">What the step reported for the run.</param>
    public void After(int row, ReadOnlySpan<T> x, double stepsize, Optimizer<T> optimizer)
    {
        TensorPrimitives.Subtract(x, _before, _before);
        for (var i = 0; i < _tensors.Length; i++)
        {
            _update[(i * _rows) + row] = (float)Norm(_tensors[i].Of((ReadOnlySpan<T>)_before));
            _stepsize[(i * _rows) + row] = (float)(optimizer.TensorStepsize(i) ?? stepsize);
        }
    }

    /// <summary>Copies what was kept.</summary>
    /// <param name="rows">Iterations kept.</param>
    public LayerColumns Take(int rows) => new(_names, Taken(_gradient, rows), Taken(_update, rows), Taken(_stepsize, rows));

    /// <summary>In double throughout: a sum of 10⁵ squares in single precision keeps four digits. What is beyond double's squares is beyond the stored numbers too.</summary>
    private double Norm(ReadOnlySpan<T> values)
    {
        var sum = 0.0;
        for (; !values.IsEmpty; values = values[Math.Min(_chunk.Length, values.Length)..])
        {
            var part = values[..Math.Min(_chunk.Length, values.Length)];
            TensorPrimitives.ConvertTruncating(part, _chunk.AsSpan(0, part.Length));
            sum += TensorPrimitives.SumOfSquares<double>(_chunk.AsSpan(0, part.Length));
        }

        return Math.Sqrt(sum);
    }

    private float[] Taken(float[] column, int rows)
    {
        var taken = new float[_tensors.Length * rows];
        for (var i = 0; i < _tensors.Length; i++)
        {
            column.AsSpan(i * _rows, rows).CopyTo(taken.AsSpan(i * rows));
        }

        return taken;
    }
}
