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
        _output = Numbers.Uniform(Images * shape.OutputLength);
    }

    [Benchmark]
    public void Forward() => _convolution.Forward(_input, _weights, default, _output, Images);

    [Benchmark]
    public void WeightGradient() => _convolution.WeightGradient(_input, _output, _weights, Images);

    [Benchmark]
    public void InputGradient() => _convolution.InputGradient(_output, _weights, _input, Images);
}
