using System.Runtime.InteropServices;

namespace Stepsize.Torch.Loading;

/// <summary>Environment variables as native libraries see them: those that .NET sets it keeps to itself on Linux.</summary>
internal static partial class NativeEnvironment
{
    /// <summary>With it, products on a GPU use a workspace of a fixed size and repeat their bits (cuBLAS, "Results reproducibility").</summary>
    public static void FixWorkspaceOfProducts() => _ = Set("CUBLAS_WORKSPACE_CONFIG", ":4096:8", overwrite: 0);

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Set(string name, string value, int overwrite);
}
