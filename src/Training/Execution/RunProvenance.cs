namespace Stepsize.Training.Execution;

/// <summary>What a run was computed with. Recorded and shown, and flagged where a table mixes it; no part of the configuration's hash.</summary>
/// <param name="Engine">Such as <c>cpu 0.1.0</c>.</param>
/// <param name="Device">Such as <c>CPU, AVX-512</c>.</param>
/// <param name="DataChecksums">SHA-256 by name.</param>
/// <param name="InitialWeights">SHA-256 of the initial parameters.</param>
/// <param name="RoundingFloors">
/// By measure, what 50 roundings make of it: a value below is known to be small, and no more. Null in runs of earlier versions.
/// </param>
public sealed record RunProvenance(
    string Engine, string Device, IReadOnlyDictionary<string, string> DataChecksums, string InitialWeights, IReadOnlyDictionary<string, double>? RoundingFloors = null);
