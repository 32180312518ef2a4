namespace Stepsize.Torch.Devices;

/// <summary>Which device would train a sweep.</summary>
/// <param name="Device">Such as <c>the CPU</c> or <c>NVIDIA H100 80GB HBM3</c>.</param>
/// <param name="OnTorch">Whether libtorch trains it, all or in part.</param>
/// <param name="Reason">Why the CPU's engine trains it, or some of it, although another device was asked for; null where it does not.</param>
public sealed record DeviceForecast(string Device, bool OnTorch, string? Reason);
