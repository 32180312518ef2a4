using Stepsize.Torch.Devices;
using Xunit;

namespace Stepsize.Torch.Tests.Devices;

public sealed class DeterminismTests
{
    /// <summary>The functions that TorchSharp lacks are found by name, in the libtorch for CPUs as in those for GPUs.</summary>
    [Fact]
    public void Apply_LibtorchForCpus_HasTheFunctions() => Assert.True(Determinism.Apply(TorchHere.Load()));
}
