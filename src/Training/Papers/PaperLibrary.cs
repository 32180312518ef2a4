namespace Stepsize.Training.Papers;

/// <summary>What a file of published tables holds.</summary>
/// <param name="Papers">All papers, also those without a table.</param>
public sealed record PaperLibrary(IReadOnlyList<Paper> Papers, IReadOnlyList<PaperTable> Tables);
