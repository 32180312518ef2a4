using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Stepsize.Training.Faults;

namespace Stepsize.Torch.Loading;

/// <summary>
/// libtorch, loaded into the process when something is first trained on it and never before: half a gigabyte for CPUs and several for GPUs, which is
/// looked for where <see cref="TorchFolders"/> says and copied nowhere.
/// </summary>
public sealed class TorchLibrary
{
    private static readonly Lock Gate = new();
    private static TorchLibrary? _loaded;

    private readonly nint _core;
    private readonly nint _binding;
    private readonly nint _cuda;

    private TorchLibrary(string folder)
    {
        Folder = folder;
        AllocatorSettings.KeepFreedMemory();
        _core = Open(Path.Combine(folder, TorchFolders.Core));
        var version = TorchVersion.Of(_core);
        if (version != TorchVersion.Needed)
        {
            throw TorchFault.OtherVersion(folder, version);
        }

        if (TorchFolders.HasCuda(folder))
        {
            NativeEnvironment.FixWorkspaceOfProducts();
            _cuda = Open(Path.Combine(folder, TorchFolders.Cuda));
        }

        _ = Open(Path.Combine(folder, "libtorch.so"));
        _binding = BindingLibrary.Load(folder);
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
    }

    /// <summary>Such as <c>2.10</c>.</summary>
    public static string Version => TorchVersion.Needed;

    /// <summary>Where its libraries are.</summary>
    public string Folder { get; }

    /// <summary>Whether it can use NVIDIA's GPUs; whether there is one is another question.</summary>
    public bool HasCuda => _cuda != 0;

    /// <summary>Whether a libtorch is there, and whether it is one for GPUs, without loading it.</summary>
    public static (bool IsThere, bool HasCuda) Look(string? given) =>
        TorchFolders.Find(given) is { } folder ? (true, TorchFolders.HasCuda(folder)) : (false, false);

    /// <summary>Loads it, or returns what is loaded.</summary>
    /// <param name="given">What a person named; see <see cref="TorchFolders.Find"/>.</param>
    /// <exception cref="InvalidInputException">It cannot be loaded; the sentence says why and what to do. Nothing is left half loaded that a later call would trust.</exception>
    public static TorchLibrary Load(string? given)
    {
        lock (Gate)
        {
            return _loaded ??= new TorchLibrary(Locate(given));
        }
    }

    /// <summary>Address of a function that libtorch exports under this (mangled) name.</summary>
    internal bool TryGetFunction(string name, out nint address) => NativeLibrary.TryGetExport(_core, name, out address);

    private static string Locate(string? given)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            throw TorchFault.OtherSystem($"{RuntimeInformation.OSDescription} on {RuntimeInformation.ProcessArchitecture}");
        }

        return TorchFolders.Find(given) ?? throw (given is null ? TorchFault.NotFound(TorchFolders.Candidates(null)) : TorchFault.NotThere(given));
    }

    private static nint Open(string file)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw TorchFault.NotLoaded(file, OneLine.Of(e.Message));
        }
    }

    /// <summary>What TorchSharp asks for by name.</summary>
    private nint Resolve(Assembly assembly, string name) => name switch
    {
        "torch_cpu" => _core,
        "LibTorchSharp" => _binding,
        "torch_cuda" => _cuda,
        _ => 0,
    };
}
