using BenchmarkDotNet.Attributes;
using Stepsize.Training.Kernels;

namespace Stepsize.Kernel.Benchmarks;

/// <summary>The three products of a linear layer, at the sizes of the workloads' layers.</summary>
[MemoryDiagnoser]
public class MatrixProductBenchmark
{
    private float[] _input = [];
    private float[] _weights = [];
    private float[] _output = [];

    /// <summary>Batch × inputs × outputs.</summary>
    [Params("256x784x100", "256x100x100", "256x100x10", "256x800x500", "128x9216x128")]
    public string Layer { get; set; } = "";

    private int Batch { get; set; }

    private int Inputs { get; set; }

    private int Outputs { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var sizes = Array.ConvertAll(Layer.Split('x'), int.Parse);
        (Batch, Inputs, Outputs) = (sizes[0], sizes[1], sizes[2]);
        _input = Numbers.Uniform(Batch * Inputs);
        _weights = Numbers.Uniform(Outputs * Inputs);
        _output = Numbers.Uniform(Batch * Outputs);
    }

    [Benchmark]
    public void Forward() => MatrixProduct.Multiply(
        new ReadOnlyMatrixView<float>(_input, Batch, Inputs), new ReadOnlyMatrixView<float>(_weights, Outputs, Inputs).Transposed,
        new MatrixView<float>(_output, Batch, Outputs));

    [Benchmark]
    public void WeightGradient() => MatrixProduct.Multiply(
        new ReadOnlyMatrixView<float>(_output, Batch, Outputs).Transposed, new ReadOnlyMatrixView<float>(_input, Batch, Inputs),
        new MatrixView<float>(_weights, Outputs, Inputs));

    [Benchmark]
    public void InputGradient() => MatrixProduct.Multiply(
        new ReadOnlyMatrixView<float>(_output, Batch, Outputs), new ReadOnlyMatrixView<float>(_weights, Outputs, Inputs),
        new MatrixView<float>(_input, Batch, Inputs));
}
