using Stepsize.Torch.Execution;
using Stepsize.Torch.Loading;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Torch.Devices;

/// <summary>Which device trains what, by a person's choice and what is there: known without loading libtorch or any data.</summary>
public sealed class DevicePlan(DeviceChoice choice, string? torchFolder = null)
{
    private readonly Lazy<(bool UsesTorch, string Name)> _found = new(() => Find(choice, torchFolder));

    /// <summary>The program's own engine on the processor for everything.</summary>
    public static DevicePlan OnCpu { get; } = new(DeviceChoice.Cpu);

    /// <summary>What was chosen, with a GPU or the CPU in place of <see cref="DeviceKind.Auto"/>.</summary>
    public DeviceChoice Choice => choice.Kind != DeviceKind.Auto ? choice : UsesTorch ? new DeviceChoice(DeviceKind.Gpu) : DeviceChoice.Cpu;

    /// <summary>Whether a device was named, so that training elsewhere is not what was asked for.</summary>
    public bool IsNamed => choice.Kind != DeviceKind.Auto;

    /// <summary>Where a person says that libtorch is.</summary>
    public string? TorchFolder => torchFolder;

    /// <summary>Whether networks are trained on libtorch.</summary>
    public bool UsesTorch => _found.Value.UsesTorch;

    /// <summary>Which device would train a sweep, and why where it is not the one that was asked for.</summary>
    public DeviceForecast Of(SweepSpecification sweep)
    {
        if (!UsesTorch)
        {
            return new DeviceForecast("the CPU", OnTorch: false, Reason: null);
        }

        var isDouble = Precision.IsDouble(sweep.WorkloadOptions, sweep.Workload.Measure(sweep.WorkloadOptions).Parameters);
        var refusals = sweep.Optimizers.Select(grid => TorchScope.Refusal(sweep.Workload.HasNetwork, isDouble, Choice, sweep.RecordLayers, grid.Optimizer)).ToArray();
        return refusals.All(r => r is not null) ? new DeviceForecast("the CPU", OnTorch: false, refusals[0])
            : new DeviceForecast(_found.Value.Name, OnTorch: true, refusals.FirstOrDefault(r => r is not null) is { } reason ? $"the CPU trains what {reason}" : null);
    }

    private static (bool UsesTorch, string Name) Find(DeviceChoice choice, string? folder)
    {
        switch (choice.Kind)
        {
            case DeviceKind.Cpu:
                return (false, "the CPU");
            case DeviceKind.TorchCpu:
                return (true, "the CPU with libtorch");
            case DeviceKind.Auto when !TorchLibrary.Look(folder).HasCuda:
                return (false, "the CPU");
            default:
                var gpu = CudaDriver.Gpus().ElementAtOrDefault(choice.Ordinal);
                return (choice.Kind == DeviceKind.Gpu || gpu is not null, gpu?.Name ?? choice.ToString());
        }
    }
}
