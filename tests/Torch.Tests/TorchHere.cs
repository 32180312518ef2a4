using System.Runtime.CompilerServices;
using Stepsize.Torch.Loading;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Torch.Tests;

/// <summary>libtorch for tests: the package that the build has fetched into the cache. Where it cannot be had, tests are skipped, and counted as skipped.</summary>
internal static class TorchHere
{
    private static readonly Lazy<(TorchLibrary? Library, string? Why)> Loaded = new(TryLoad);

    /// <summary>Set in an environment in which skipping would be a fault.</summary>
    private static bool MustBeHere => Environment.GetEnvironmentVariable("STEPSIZE_TESTS_NEED_TORCH") is { Length: > 0 };

    public static TorchLibrary Load()
    {
        var (library, why) = Loaded.Value;
        Assert.SkipWhen(library is null && !MustBeHere, why ?? "");
        return library ?? throw new InvalidOperationException(why);
    }

    private static (TorchLibrary? Library, string? Why) TryLoad()
    {
        try
        {
            var library = TorchLibrary.Load(null);

            // Small tensors, and other tests beside: threads that wait for each other would only take time.
            TorchSharp.torch.set_num_threads(1);
            return (library, null);
        }
        catch (InvalidInputException e)
        {
            return (null, e.Message);
        }
    }
}
