using Stepsize.Torch.Loading;
using Stepsize.Training.Faults;
using TorchSharp;

namespace Stepsize.Torch.Devices;

/// <summary>A device that libtorch trains on.</summary>
public sealed class TorchDevice
{
    /// <summary>Of what is free, what may be planned with: libtorch keeps pieces that it cannot use.</summary>
    private const double Usable = 0.8;

    /// <summary>Free when the GPU was taken into use: from then on libtorch keeps what it has had, which the driver does not call free.</summary>
    private readonly double _freeBytes;

    private TorchDevice(DeviceChoice choice, TorchLibrary library, torch.Device device, string name, double freeBytes)
    {
        _freeBytes = freeBytes;
        Choice = choice;
        Library = library;
        Device = device;
        Name = name;
    }

    /// <summary>Such as <c>NVIDIA H100 80GB HBM3 with libtorch 2.10</c>: recorded as what a run was computed on.</summary>
    public string Name { get; }

    /// <summary>What was chosen.</summary>
    internal DeviceChoice Choice { get; }

    internal TorchLibrary Library { get; }

    internal torch.Device Device { get; }

    internal bool IsGpu => Device.type == DeviceType.CUDA;

    /// <summary>Bytes that can be planned with now.</summary>
    internal double UsableBytes => Usable * _freeBytes;

    /// <summary>Loads libtorch and takes the device into use.</summary>
    /// <param name="choice">A GPU, or libtorch on the processor.</param>
    /// <param name="folder">Where a person says that libtorch is.</param>
    /// <param name="threads">That libtorch may use on the processor.</param>
    /// <exception cref="InvalidInputException">It cannot be used; the sentence says why and what to do.</exception>
    public static TorchDevice Open(DeviceChoice choice, string? folder, int threads)
    {
        var gpus = choice.Kind == DeviceKind.Gpu ? CudaDriver.Gpus() : [];
        if (choice.Kind == DeviceKind.Gpu && gpus.Count <= choice.Ordinal)
        {
            throw new InvalidInputException("device", DeviceCatalogue.GpuFault(null, choice.Ordinal, gpus.Count)!);
        }

        var library = TorchLibrary.Load(folder);
        if (choice.Kind != DeviceKind.Gpu)
        {
            torch.set_num_threads(threads);
            var name = FormattableString.Invariant($"libtorch {TorchLibrary.Version} on {threads} {(threads == 1 ? "thread" : "threads")} of the CPU");
            return new TorchDevice(choice, library, torch.CPU, name, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        }

        if (DeviceCatalogue.GpuFault(library, choice.Ordinal, gpus.Count) is { } fault)
        {
            throw new InvalidInputException("device", fault);
        }

        if (!torch.cuda.is_available())
        {
            throw new InvalidInputException("device", $"the driver sees {gpus[choice.Ordinal].Name}, and libtorch {TorchLibrary.Version} from {library.Folder} cannot use it; a newer driver of NVIDIA may be needed.");
        }

        Determinism.Apply(library);
        var gpu = gpus[choice.Ordinal];
        return new TorchDevice(
            choice, library, torch.device(DeviceType.CUDA, choice.Ordinal), $"{gpu.Name} with libtorch {TorchLibrary.Version}", CudaDriver.FreeBytes(choice.Ordinal) ?? gpu.MemoryBytes);
    }

    /// <summary>What computes, as checkpoints and provenance name it: changes with whatever changes bits.</summary>
    /// <param name="scalarBytes">4 for float, 8 for double.</param>
    internal string Engine(int scalarBytes) =>
        FormattableString.Invariant($"torch {TorchLibrary.Version} {(IsGpu ? "cuda" : "cpu")} fp{8 * scalarBytes}");
}
