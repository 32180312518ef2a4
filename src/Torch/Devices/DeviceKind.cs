namespace Stepsize.Torch.Devices;

/// <summary>What trains.</summary>
public enum DeviceKind
{
    /// <summary>A GPU where there is one that can be used, else the CPU.</summary>
    Auto,

    /// <summary>The program's own engine on the processor.</summary>
    Cpu,

    /// <summary>libtorch on a GPU of NVIDIA.</summary>
    Gpu,

    /// <summary>libtorch on the processor: the program of the GPU where there is none, for tests and comparisons.</summary>
    TorchCpu,
}
