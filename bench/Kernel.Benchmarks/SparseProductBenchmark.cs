using BenchmarkDotNet.Attributes;
using Stepsize.Training.Kernels;
using Stepsize.Training.Kernels.Sparse;

namespace Stepsize.Kernel.Benchmarks;

/// <summary>A first layer of 784 inputs on a batch of 256, from lists of non-zeros and dense: where the two meet is the density that pays.</summary>
[MemoryDiagnoser]
public class SparseProductBenchmark
{
    private const int Batch = 256;
    private const int Inputs = 784;
    private const int Examples = 20_000;
    private readonly int[] _batch = new int[Batch];
    private readonly float[] _gathered = new float[Batch * Inputs];
    private float[] _dense = [];
    private float[] _weights = [];
    private float[] _output = [];
    private float[] _scratch = [];
    private SparseMatrix<float> _sparse = SparseMatrix<float>.From([0], 1);
    private SparseColumns<float>? _columns;
    private int _first;

    [Params(10, 100)]
    public int Outputs { get; set; }

    [Params(0.1, 0.2, 0.4, 0.6)]
    public double Density { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        // At most 256 different values, as pixels have.
        _dense = Array.ConvertAll(Numbers.Uniform(Examples * Inputs, 1 - Density), v => v == 0 ? 0 : MathF.CopySign(MathF.Ceiling(MathF.Abs(v) * 100) / 100, v));
        _sparse = SparseMatrix<float>.From(_dense, Inputs);
        _columns = new SparseColumns<float>(_sparse, Batch);
        NextBatch();
        _columns.Sort(_sparse, _batch);
        _weights = Numbers.Uniform(Outputs * Inputs);
        _output = Numbers.Uniform(Batch * Outputs);
        _scratch = new float[SparseProduct.ScratchLength(Inputs, Outputs)];
    }

    [Benchmark]
    public void ForwardAndGradientSparse()
    {
        NextBatch();
        Both(null);
    }

    /// <summary>As for one run alone: the batch is sorted for it.</summary>
    [Benchmark]
    public void ForwardAndGradientSorted()
    {
        NextBatch();
        _columns!.Sort(_sparse, _batch);
        Both(_columns);
    }

    /// <summary>As for the runs after the first.</summary>
    [Benchmark]
    public void ForwardAndGradientSortedBefore() => Both(_columns);

    private void Both(SparseColumns<float>? columns)
    {
        SparseProduct.Forward(
            _sparse, _batch, new ReadOnlyMatrixView<float>(_weights, Outputs, Inputs), new MatrixView<float>(_output, Batch, Outputs), _scratch);
        SparseProduct.WeightGradient(
            _sparse, _batch, new ReadOnlyMatrixView<float>(_output, Batch, Outputs), new MatrixView<float>(_weights, Outputs, Inputs), _scratch, columns);
    }

    [Benchmark(Baseline = true)]
    public void ForwardAndGradientDense()
    {
        NextBatch();
        for (var i = 0; i < Batch; i++)
        {
            _dense.AsSpan(_batch[i] * Inputs, Inputs).CopyTo(_gathered.AsSpan(i * Inputs));
        }

        var x = new ReadOnlyMatrixView<float>(_gathered, Batch, Inputs);
        MatrixProduct.Multiply(x, new ReadOnlyMatrixView<float>(_weights, Outputs, Inputs).Transposed, new MatrixView<float>(_output, Batch, Outputs));
        MatrixProduct.Multiply(new ReadOnlyMatrixView<float>(_output, Batch, Outputs).Transposed, x, new MatrixView<float>(_weights, Outputs, Inputs));
    }

    // Rows far apart, as a shuffled epoch has them.
    private void NextBatch()
    {
        for (var i = 0; i < Batch; i++)
        {
            _first = (_first + 7919) % Examples;
            _batch[i] = _first;
        }
    }
}
