using System.Runtime.InteropServices;

namespace Stepsize.Torch.Loading;

/// <summary>
/// Loads libLibTorchSharp, TorchSharp's own native part. It asks for the C++ library of GCC 13 for the sake of one function that nothing calls; where that is
/// missing (Debian 12, Ubuntu 22.04), a copy that does not insist is loaded, if the file is the one that this was tried with.
/// </summary>
internal static class BindingLibrary
{
    private const string Name = "libLibTorchSharp.so";
    private const string TriedSha256 = "cf33b1b0bb6bbb9754a768fb5c5d04d9f498603be50e73f55621a0b40ee608b8";
    private const string NewVersion = "GLIBCXX_3.4.32";

    /// <summary>After libtorch, whose libraries it finds as they are loaded.</summary>
    /// <param name="folder">Of libtorch, for those that have it there.</param>
    public static nint Load(string folder)
    {
        string[] places = [Path.Combine(AppContext.BaseDirectory, "torch", Name), Path.Combine(folder, Name)];
        var file = places.FirstOrDefault(File.Exists) ?? throw TorchFault.NoBinding(places[0]);
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (DllNotFoundException e)
        {
            return e.Message.Contains(NewVersion, StringComparison.Ordinal) ? LoadCopy(file, e) : throw TorchFault.NotLoaded(file, OneLine.Of(e.Message));
        }
    }

    private static nint LoadCopy(string file, DllNotFoundException reason)
    {
        var copy = WeakVersionNeed.Of(File.ReadAllBytes(file), TriedSha256, NewVersion) ?? throw TorchFault.OldRuntime(OneLine.Of(reason.Message));

        // A folder that nobody else may write to; gone once the file is mapped.
        var folder = Directory.CreateTempSubdirectory("stepsize-torch-");
        try
        {
            var path = Path.Combine(folder.FullName, Name);
            File.WriteAllBytes(path, copy);
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException e)
        {
            throw TorchFault.OldRuntime(OneLine.Of(e.Message));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
