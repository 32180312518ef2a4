using Stepsize.Torch.Devices;
using Stepsize.Torch.Optimizers;
using Stepsize.Training.Optimizers;

namespace Stepsize.Torch.Execution;

/// <summary>What is trained on libtorch, and what the CPU's engine trains whatever was chosen.</summary>
internal static class TorchScope
{
    /// <summary>Why a run is trained by the CPU's engine, as the end of "because …"; null where libtorch trains it.</summary>
    /// <param name="isDouble">Whether it computes in double, in which GPUs are slow and small problems are what it is for.</param>
    /// <param name="choice">On the processor, libtorch computes in double too.</param>
    public static string? Refusal(bool isNetwork, bool isDouble, DeviceChoice choice, bool recordsLayers, OptimizerDefinition optimizer) =>
        !isNetwork ? "is no network"
        : isDouble && choice.Kind != DeviceKind.TorchCpu ? "computes in double"
        : recordsLayers ? "records its layers"
        : !BatchedOptimizers.Has(optimizer) ? $"searches along lines ({optimizer.Id})"
        : null;
}
