namespace Stepsize.Training.Datasets.Weights;

/// <summary>Weights that were imported, as their file describes itself.</summary>
/// <param name="Target">What they are for: the id of a <see cref="WeightsTarget"/>.</param>
/// <param name="Source">Name of the file they came from.</param>
/// <param name="SourceChecksum">Its SHA-256.</param>
/// <param name="Checksum">SHA-256 of the numbers as they are trained from.</param>
/// <param name="Numbers">How many there are.</param>
/// <param name="Remarks">What was done to them at import, a sentence each.</param>
public sealed record WeightsEntry(
    string Name, string Target, string Source, string SourceChecksum, string Checksum, long Numbers, IReadOnlyList<string> Remarks);
