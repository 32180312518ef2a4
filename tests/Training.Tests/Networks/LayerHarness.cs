using Stepsize.Training.Networks;
using Stepsize.Training.Networks.Losses;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Tests.Networks;

/// <summary>Layers alone, in double, over random inputs: forward, and backward from a given gradient of the outputs.</summary>
internal sealed class LayerHarness
{
    private readonly Network _network;
    private readonly CompiledChain<double> _chain;
    private readonly double[] _state;

    /// <param name="room">Examples that it is compiled for, where these are more than the batch has.</param>
    public LayerHarness(Shape input, int batch, IReadOnlyList<Layer> layers, bool trains = true, int? room = null)
    {
        _network = new Network(input, layers, new SquaredLoss());
        _chain = new CompiledChain<double>(_network.Plan, new CompileSettings(room ?? batch, trains) { CarryStart = _network.States.Length });
        Batch = batch;
        Inputs = Normals(batch * input.Length, 1);
        Parameters = Normals(_network.Parameters.Length, 2);
        _state = new double[_network.StateLength(room ?? batch)];
        _network.InitialiseState<double>(_state);
        OutputGradient = Normals(batch * _network.Output.Length, 3);
    }

    public int Batch { get; }

    public Network Network => _network;

    public double[] Inputs { get; set; }

    public double[] Parameters { get; set; }

    /// <summary>Weights of the sum of outputs whose gradient is checked.</summary>
    public double[] OutputGradient { get; set; }

    public double[] State => _state;

    public int Seed { get; set; } = 5;

    public int Iteration { get; set; } = 1;

    public bool StartsSequence { get; set; } = true;

    public double[] Forward(bool keepsState = true)
    {
        var outputs = new double[Batch * _network.Output.Length];
        _chain.Forward(Pass(default, keepsState), Inputs, outputs);
        return outputs;
    }

    public (double[] Inputs, double[] Parameters) Backward(bool withInputs = true)
    {
        var outputs = new double[Batch * _network.Output.Length];
        var gradient = Enumerable.Repeat(double.NaN, Parameters.Length).ToArray();
        var inputGradient = withInputs ? Enumerable.Repeat(double.NaN, Inputs.Length).ToArray() : [];
        _chain.Forward(Pass(gradient, true), Inputs, outputs);
        _chain.Backward(Pass(gradient, true), Inputs, outputs, [.. OutputGradient], inputGradient);
        return (inputGradient, gradient);
    }

    public static double[] Normals(int count, int seed)
    {
        var random = new RandomStream(seed, RandomPurpose.Data);
        var values = new double[count];
        foreach (ref var value in values.AsSpan())
        {
            value = random.NextNormal();
        }

        return values;
    }

    private Pass<double> Pass(Span<double> gradient, bool keepsState) => new()
    {
        Count = Batch,
        Parameters = Parameters,
        Gradient = gradient,
        State = _state,
        Seed = Seed,
        Iteration = Iteration,
        StartsSequence = StartsSequence,
        KeepsState = keepsState,
    };
}
