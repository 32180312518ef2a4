namespace Stepsize.Torch.Loading;

/// <summary>Where libtorch may be: a folder that a person names, beside the program, or in the cache of NuGet packages.</summary>
internal static class TorchFolders
{
    /// <summary>What every libtorch has.</summary>
    public const string Core = "libtorch_cpu.so";

    /// <summary>What a libtorch for NVIDIA's GPUs has besides.</summary>
    public const string Cuda = "libtorch_cuda.so";

    private const string Native = "runtimes/linux-x64/native";

    /// <summary>The folder with libtorch's libraries; null where none is found.</summary>
    /// <param name="given">An unpacked libtorch, its folder <c>lib</c>, or a cache of NuGet packages; null looks beside the program and in the user's cache.</param>
    public static string? Find(string? given) => Candidates(given).FirstOrDefault(folder => File.Exists(Path.Combine(folder, Core)));

    /// <summary>Folders in the order in which they are looked at.</summary>
    public static IEnumerable<string> Candidates(string? given)
    {
        if (given is not null)
        {
            var folder = Path.GetFullPath(given);
            return [folder, Path.Combine(folder, "lib"), Path.Combine(folder, Native), Package(folder)];
        }

        return [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, Native), Package(Cache())];
    }

    /// <summary>Whether a folder with libtorch has the libraries for NVIDIA's GPUs.</summary>
    public static bool HasCuda(string folder) => File.Exists(Path.Combine(folder, Cuda));

    private static string Package(string cache) => Path.Combine(cache, "libtorch-cpu-linux-x64", TorchVersion.Package, Native);

    private static string Cache() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } cache
        ? cache
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
