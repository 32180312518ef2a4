using Stepsize.Training.Faults;

namespace Stepsize.Torch.Loading;

/// <summary>Why libtorch cannot be used: a sentence that says what must hold, what was found and what to do.</summary>
internal static class TorchFault
{
    /// <summary>What faults are filed under: the option that says where libtorch is.</summary>
    public const string Field = "torch";

    public static InvalidInputException OtherSystem(string system) => new(
        Field, $"libtorch is used on Linux on x86-64 only, and this is {system}; train with --device cpu.");

    public static InvalidInputException NotFound(IEnumerable<string> searched) => new(
        Field, $"no libtorch {TorchVersion.Needed} was found; unpack one and give its folder with --torch FOLDER or STEPSIZE_TORCH (looked in {string.Join(", ", searched)}).");

    public static InvalidInputException NotThere(string folder) => new(
        Field, $"{folder} holds no {TorchFolders.Core}; give the folder of an unpacked libtorch {TorchVersion.Needed} for Linux, or its folder lib.");

    public static InvalidInputException OtherVersion(string folder, string found) => new(
        Field, $"the libtorch in {folder} is {found} where TorchSharp {TorchVersion.Binding} needs {TorchVersion.Needed}; unpack libtorch {TorchVersion.Needed} and give its folder with --torch FOLDER.");

    public static InvalidInputException NoBinding(string file) => new(
        Field, $"{file} is missing, which belongs to the program; install or build the program again.");

    public static InvalidInputException OldRuntime(string reason) => new(
        Field, $"TorchSharp {TorchVersion.Binding} needs the C++ library of GCC 13 or later (Ubuntu 24.04, Debian 13, .NET's own container images), which this system does not have; use a newer one. ({reason})");

    public static InvalidInputException NotLoaded(string file, string reason) => new(
        Field, $"{file} cannot be loaded; unpack libtorch {TorchVersion.Needed} again, whole, and for CUDA have NVIDIA's driver installed. ({reason})");
}
