using Stepsize.Torch.Loading;
using TorchSharp;

namespace Stepsize.Torch.Devices;

/// <summary>
/// Makes libtorch repeat its bits on one device, where it can choose: no algorithms that add in the order in which threads come, none chosen by trial, and whole
/// floats in products. TorchSharp has no functions for the first; libtorch exports them.
/// </summary>
internal static unsafe class Determinism
{
    private const string Context = "_ZN2at13globalContextEv";
    private const string Algorithms = "_ZN2at7Context26setDeterministicAlgorithmsEbb";
    private const string Convolutions = "_ZN2at7Context21setDeterministicCuDNNEb";
    private const string Trials = "_ZN2at7Context17setBenchmarkCuDNNEb";

    /// <summary>For the whole process.</summary>
    /// <returns>Whether libtorch has all the functions.</returns>
    public static bool Apply(TorchLibrary library)
    {
        torch.backends.cuda.matmul.allow_tf32 = false;
        torch.backends.cudnn.allow_tf32 = false;
        if (!(library.TryGetFunction(Context, out var find) && library.TryGetFunction(Algorithms, out var algorithms)
            && library.TryGetFunction(Convolutions, out var convolutions) && library.TryGetFunction(Trials, out var trials)))
        {
            return false;
        }

        // The functions belong to an object, which C++ hands on as the first argument.
        var context = ((delegate* unmanaged<nint>)find)();
        const byte on = 1, off = 0, warnOnly = 1;
        ((delegate* unmanaged<nint, byte, byte, void>)algorithms)(context, on, warnOnly);
        ((delegate* unmanaged<nint, byte, void>)convolutions)(context, on);
        ((delegate* unmanaged<nint, byte, void>)trials)(context, off);
        return true;
    }
}
