namespace Stepsize.Torch.Devices;

/// <summary>A device as the command <c>devices</c> lists it.</summary>
/// <param name="Id">What <c>--device</c> takes.</param>
/// <param name="Title">What it is.</param>
/// <param name="Fault">Why nothing can be trained on it, and what to do; null where it can.</param>
public sealed record DeviceEntry(string Id, string Title, string? Fault);
