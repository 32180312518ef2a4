using System.Numerics;
using Stepsize.Training.Workloads;
using static TorchSharp.torch;

namespace Stepsize.Torch.Networks;

/// <summary>The examples of a problem on a device, for all its runs.</summary>
internal sealed class ProblemData<T>(NetworkProblem<T> problem, Device device, long mostBytes) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public Device Device { get; } = device;

    public DeviceSet<T> Train { get; } = new(problem.Train, problem.Network, device, mostBytes);

    public DeviceSet<T> Test { get; } = new(problem.Test, problem.Network, device, mostBytes);

    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }
}
