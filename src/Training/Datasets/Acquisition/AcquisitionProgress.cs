namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>How far getting a dataset has come.</summary>
/// <param name="What">Name of the file, and what is being done with it.</param>
/// <param name="Done">Bytes.</param>
/// <param name="Total">Bytes, or 0 where that is not known.</param>
public sealed record AcquisitionProgress(string What, long Done, long Total);
