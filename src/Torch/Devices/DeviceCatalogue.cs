using Stepsize.Torch.Loading;
using Stepsize.Training.Faults;

namespace Stepsize.Torch.Devices;

/// <summary>What this machine can train on: what the command <c>devices</c> lists.</summary>
public static class DeviceCatalogue
{
    /// <summary>Loads libtorch where it is there.</summary>
    /// <param name="folder">Where a person says that libtorch is; null looks in the usual places.</param>
    /// <param name="cpu">How the CPU engine calls what it trains on.</param>
    public static IReadOnlyList<DeviceEntry> List(string? folder, string cpu)
    {
        TorchLibrary? library = null;
        string? fault = null;
        try
        {
            library = TorchLibrary.Load(folder);
        }
        catch (InvalidInputException e)
        {
            fault = e.Faults[0].Message;
        }

        var gpus = CudaDriver.Gpus();
        return
        [
            new DeviceEntry("cpu", cpu, null),
            new DeviceEntry("torch-cpu", library is null ? "libtorch on the CPU" : $"libtorch {TorchLibrary.Version} on the CPU, from {library.Folder}", fault),
            .. gpus.Select(gpu => new DeviceEntry(
                new DeviceChoice(DeviceKind.Gpu, gpu.Ordinal).ToString(), FormattableString.Invariant($"{gpu.Name}, {gpu.MemoryBytes / 1e9:F0} GB"), fault ?? GpuFault(library, gpu.Ordinal, gpus.Count))),
            .. gpus.Count == 0 ? [new DeviceEntry("gpu", "a GPU of NVIDIA", GpuFault(library, 0, 0))] : Array.Empty<DeviceEntry>(),
        ];
    }

    /// <summary>Why a GPU cannot be trained on; null where it can.</summary>
    /// <param name="library">What is loaded; null where nothing could be.</param>
    internal static string? GpuFault(TorchLibrary? library, int ordinal, int gpus) =>
        gpus == 0 ? "there is no GPU of NVIDIA here, or its driver is not installed (nvidia-smi lists what the driver sees); train with --device cpu."
        : ordinal >= gpus ? FormattableString.Invariant($"gpu:{ordinal} is not there: the driver sees {gpus}, counted from gpu:0.")
        : library is { HasCuda: false } ? $"the libtorch in {library.Folder} is one for CPUs; unpack a libtorch {TorchVersion.Needed} for CUDA and give its folder with --torch FOLDER."
        : null;
}
