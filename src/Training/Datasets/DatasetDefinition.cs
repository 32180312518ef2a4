namespace Stepsize.Training.Datasets;

/// <summary>A dataset as people see it: what it is, whose it is and which files it needs.</summary>
/// <param name="Id">Such as <c>mnist</c>.</param>
/// <param name="Source">Authors and where it comes from.</param>
/// <param name="Licence">Under which it may be used.</param>
/// <param name="Files">Paths below a data folder, such as <c>mnist/train-images-idx3-ubyte.gz</c>.</param>
public sealed record DatasetDefinition(string Id, string Title, string Source, string Licence, IReadOnlyList<string> Files);
