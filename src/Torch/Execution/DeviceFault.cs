using System.Runtime.InteropServices;
using Stepsize.Torch.Devices;
using Stepsize.Torch.Loading;
using Stepsize.Training.Faults;

namespace Stepsize.Torch.Execution;

/// <summary>What libtorch throws, as a sentence: its messages go on for pages.</summary>
internal static class DeviceFault
{
    private const string OutOfMemory = "out of memory";
    private const string CannotAllocate = "can't allocate memory";

    public static Exception Of(Exception error, TorchDevice device)
    {
        if (error is not ExternalException)
        {
            return error;
        }

        var isMemory = error.Message.Contains(OutOfMemory, StringComparison.OrdinalIgnoreCase) || error.Message.Contains(CannotAllocate, StringComparison.OrdinalIgnoreCase);
        return new InvalidInputException("device", isMemory
            ? $"there is too little memory left on {device.Name}, which something else may use; free some, give a smaller batch, or train with --device cpu. ({OneLine.Of(error.Message)})"
            : $"libtorch failed on {device.Name}: {OneLine.Of(error.Message)}");
    }
}
