using System.Runtime.InteropServices;

namespace Stepsize.Torch.Loading;

/// <summary>Which libtorch belongs to the TorchSharp that the program is built with, and which one is there.</summary>
internal static unsafe class TorchVersion
{
    /// <summary>Of TorchSharp.</summary>
    public const string Binding = "0.107.0";

    /// <summary>Of libtorch, whose C++ functions change their names from one minor version to the next.</summary>
    public const string Needed = "2.10";

    /// <summary>Of the NuGet package with it.</summary>
    public const string Package = "2.10.0";

    /// <summary>Exported by libtorch since 2.9: major, minor and patch version in the upper bytes of a number.</summary>
    private const string Function = "aoti_torch_abi_version";

    /// <summary>Such as <c>2.10</c>, or a text that says what is known.</summary>
    /// <param name="library">Handle of libtorch_cpu.</param>
    public static string Of(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, Function, out var address))
        {
            return "a version before 2.9";
        }

        var version = ((delegate* unmanaged<ulong>)address)();
        return FormattableString.Invariant($"{version >> 56}.{(version >> 48) & 0xff}");
    }
}
