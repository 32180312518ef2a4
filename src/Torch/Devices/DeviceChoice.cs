using System.Globalization;
using Stepsize.Training.Faults;

namespace Stepsize.Torch.Devices;

/// <summary>What a person wants to train on: <c>auto</c>, <c>cpu</c>, <c>gpu</c>, <c>gpu:1</c> or <c>torch-cpu</c>.</summary>
/// <param name="Ordinal">Of the GPU; 0 else.</param>
public sealed record DeviceChoice(DeviceKind Kind, int Ordinal = 0)
{
    private const string GpuPrefix = "gpu:";

    /// <summary>A GPU where a libtorch for GPUs and a GPU are there, else the CPU.</summary>
    public static DeviceChoice Auto { get; } = new(DeviceKind.Auto);

    public static DeviceChoice Cpu { get; } = new(DeviceKind.Cpu);

    /// <exception cref="InvalidInputException">It is none of them.</exception>
    public static DeviceChoice Parse(string? text)
    {
        var faults = new FaultList();
        var choice = Read(text, faults);
        faults.ThrowIfAny();
        return choice;
    }

    /// <summary>As <see cref="Parse"/>, with what is wrong added to <paramref name="faults"/>.</summary>
    public static DeviceChoice Read(string? text, FaultList faults)
    {
        switch (text)
        {
            case null or "auto":
                return Auto;
            case "cpu":
                return Cpu;
            case "gpu":
                return new DeviceChoice(DeviceKind.Gpu);
            case "torch-cpu":
                return new DeviceChoice(DeviceKind.TorchCpu);
            default:
                if (text.StartsWith(GpuPrefix, StringComparison.Ordinal) && int.TryParse(text[GpuPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal))
                {
                    return new DeviceChoice(DeviceKind.Gpu, ordinal);
                }

                faults.Add("device", $"\"{text}\" is no device; give auto, cpu, gpu, gpu:1 (the second GPU) or torch-cpu.");
                return Auto;
        }
    }

    public override string ToString() => Kind switch
    {
        DeviceKind.Auto => "auto",
        DeviceKind.Cpu => "cpu",
        DeviceKind.TorchCpu => "torch-cpu",
        _ => FormattableString.Invariant($"{GpuPrefix}{Ordinal}"),
    };
}
