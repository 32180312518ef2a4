using Stepsize.Torch.Loading;
using Stepsize.Training.Faults;
using TorchSharp;

namespace Stepsize.Torch.Devices;

/// <summary>A device that libtorch trains on.</summary>
public sealed class TorchDevice
{
    /// <summary>Of what is free, what may be planned with: libtorch keeps pieces that it cannot use.</summary>
    private const double Usable = 0.8;

    private TorchDevice(DeviceChoice choice, TorchLibrary library, torch.Device device, string name)
    {
        Choice = choice;
        Library = library;
        Device = device;
        Name = name;
    }

    /// <summary>Such as <c>NVIDIA H100 80GB HBM3, libtorch 2.10</c>: recorded as what a run was computed on.</summary>
    public string Name { get; }

    /// <summary>What was chosen.</summary>
    internal DeviceChoice Choice { get; }

    internal TorchLibrary Library { get; }

    internal torch.Device Device { get; }

    internal bool IsGpu => Device.type == DeviceType.CUDA;

    /// <summary>Bytes that can be planned with now.</summary>
    internal double UsableBytes => Usable * (IsGpu ? CudaDriver.FreeBytes() ?? 0 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

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
            return new TorchDevice(choice, library, torch.CPU, FormattableString.Invariant($"CPU with libtorch {TorchLibrary.Version}, {threads} {(threads == 1 ? "thread" : "threads")}"));
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
        return new TorchDevice(choice, library, torch.device(DeviceType.CUDA, choice.Ordinal), $"{gpus[choice.Ordinal].Name}, libtorch {TorchLibrary.Version}");
    }

    /// <summary>What computes, as checkpoints and provenance name it: changes with whatever changes bits.</summary>
    /// <param name="scalarBytes">4 for float, 8 for double.</param>
    internal string Engine(int scalarBytes) =>
        FormattableString.Invariant($"torch {TorchLibrary.Version} {(IsGpu ? "cuda" : "cpu")} fp{8 * scalarBytes}");
}
