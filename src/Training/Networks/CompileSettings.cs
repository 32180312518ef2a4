using Stepsize.Training.Parameters;

namespace Stepsize.Training.Networks;

/// <summary>What a network is compiled for.</summary>
/// <param name="BatchSize">Most examples that one pass may have; what layers keep is allocated for as many.</param>
/// <param name="Trains">
/// Whether there are backward passes. Without them a network evaluates: dropout does nothing, batch normalisation uses its running statistics.
/// </param>
public sealed record CompileSettings(int BatchSize, bool Trains)
{
    /// <summary>Whether what is compiled reads the network's input, which may then be given as <see cref="Pass{T}.SparseInputs"/>.</summary>
    internal bool ReadsNetworkInput { get; init; }

    /// <summary>Where in the flat state the carried numbers begin.</summary>
    internal int CarryStart { get; init; }

    /// <summary>First element in the flat state of what examples carry: the numbers of all examples one after another.</summary>
    public int PlaceOf(ParameterSegment carry) => CarryStart + (carry.Offset * BatchSize);
}
