using BenchmarkDotNet.Attributes;
using Stepsize.Training.Kernels;

namespace Stepsize.Kernel.Benchmarks;

/// <summary>The convolutions of the MNIST networks, on 32 images.</summary>
[MemoryDiagnoser]
public class ConvolutionBenchmark
{
    private const int Images = 32;
    private float[] _input = [];
    private float[] _weights = [];
    private float[] _output = [];
    private float[] _weightGradient = [];
    private float[] _inputGradient = [];
    private Convolution<float> _convolution = new(new ConvolutionShape(1, 1, 1, 1, 1, 1));

    /// <summary>Channels × size → filters, kernel.</summary>
    [Params("1x28-20,5", "20x12-50,5", "1x28-32,3", "32x26-64,3")]
    public string Layer { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        var n = Array.ConvertAll(Layer.Split('x', '-', ','), int.Parse);
        var shape = new ConvolutionShape(n[0], n[1], n[1], n[2], n[3], n[3]);
        _convolution = new Convolution<float>(shape);
        _input = Numbers.Uniform(Images * shape.InputLength);
        _weights = Numbers.Uniform(shape.Filters * shape.PatchLength);
        _weightGradient = new float[_weights.Length];
        _inputGradient = new float[_input.Length];
        _output = Numbers.Uniform(Images * shape.OutputLength);
    }

    [Benchmark]
    public void Forward() => _convolution.Forward(_input, _weights, default, _output, Images);

    [Benchmark]
    public void WeightGradient() => _convolution.Gradients(_input, _weights, _output, _weightGradient, [], Images);

    [Benchmark]
    public void BothGradients() => _convolution.Gradients(_input, _weights, _output, _weightGradient, _inputGradient, Images);
}
