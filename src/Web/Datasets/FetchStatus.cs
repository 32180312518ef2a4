using Stepsize.Training.Datasets.Acquisition;

namespace Stepsize.Web.Datasets;

/// <summary>How a download stands.</summary>
/// <param name="IsRunning">Whether it is under way.</param>
/// <param name="Progress">How far it has come, where that is known.</param>
/// <param name="Fault">Why it stopped; null where it did not, or where it is done.</param>
public sealed record FetchStatus(bool IsRunning, AcquisitionProgress? Progress, string? Fault);
