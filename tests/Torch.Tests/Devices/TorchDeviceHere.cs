using Stepsize.Torch.Devices;

namespace Stepsize.Torch.Tests.Devices;

/// <summary>libtorch on the processor, for tests.</summary>
internal static class TorchDeviceHere
{
    public static TorchDevice Open()
    {
        TorchHere.Load();
        return TorchDevice.Open(new DeviceChoice(DeviceKind.TorchCpu), null, 1);
    }
}
