namespace Stepsize.Torch.Devices;

/// <summary>A GPU of this machine.</summary>
/// <param name="Ordinal">Its number, as in <c>gpu:0</c>.</param>
/// <param name="Name">Such as <c>NVIDIA H100 80GB HBM3</c>.</param>
/// <param name="MemoryBytes">Of all its memory.</param>
public sealed record Gpu(int Ordinal, string Name, long MemoryBytes);
