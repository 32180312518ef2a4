using System.Runtime.InteropServices;
using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Images;

/// <summary>Decodes JPEG by the system's libturbojpeg, which only ImageNet needs: where it is missing, everything else works.</summary>
internal static unsafe class TurboJpeg
{
    /// <summary>Largest picture: some of ImageNet's have 30 million pixels.</summary>
    private const long MostPixels = 64_000_000;

    private const int FormatRgb = 0;

    private static readonly string[] Names = ["libturbojpeg.so.0", "libturbojpeg.so", "libturbojpeg.0.dylib", "turbojpeg"];
    private static readonly Lazy<Functions?> Library = new(Load);

    public static bool IsAvailable => Library.Value is not null;

    /// <param name="path">For the messages.</param>
    /// <exception cref="InvalidInputException">The library is missing, or the content is no picture that can be decoded.</exception>
    public static RgbImage Decode(string path, ReadOnlySpan<byte> content)
    {
        var library = Library.Value ?? throw new InvalidInputException(
            FileFault.Field, "pictures are decoded by libturbojpeg, which this machine does not have; install it (on Debian and Ubuntu: apt-get install libturbojpeg0) and start the program again.");
        var decoder = library.Create();
        if (decoder == 0)
        {
            throw new InvalidInputException(FileFault.Field, "libturbojpeg cannot make a decoder; there may be too little memory.");
        }

        try
        {
            fixed (byte* source = content)
            {
                return Decode(library, decoder, path, source, content.Length);
            }
        }
        finally
        {
            library.Destroy(decoder);
        }
    }

    private static RgbImage Decode(Functions library, nint decoder, string path, byte* source, int length)
    {
        int width, height, subsampling, colours;
        if (source is null || library.Header(decoder, source, new CULong((nuint)length), &width, &height, &subsampling, &colours) != 0)
        {
            throw FileFault.At(path, 0, source is null ? "it is empty" : $"it is no JPEG ({Error(library, decoder)})");
        }

        if (width < 1 || height < 1 || (long)width * height > MostPixels)
        {
            throw FileFault.At(path, 0, $"the picture is {width}×{height}, but may have no more than {MostPixels} pixels");
        }

        var pixels = new byte[width * height * 3];
        fixed (byte* target = pixels)
        {
            return library.Decompress(decoder, source, new CULong((nuint)length), target, width, 0, height, FormatRgb, 0) == 0
                ? new RgbImage(width, height, pixels)
                : throw FileFault.At(path, 0, $"the picture cannot be decoded ({Error(library, decoder)})");
        }
    }

    private static string Error(Functions library, nint decoder) => Marshal.PtrToStringUTF8(library.Error(decoder)) ?? "no reason given";

    private static Functions? Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var handle) && Functions.From(handle) is { } functions)
            {
                return functions;
            }
        }

        return null;
    }

    /// <summary>The functions of the library's version 2 interface, which later versions keep.</summary>
    private sealed class Functions
    {
        public required delegate* unmanaged<nint> Create { get; init; }

        public required delegate* unmanaged<nint, byte*, CULong, int*, int*, int*, int*, int> Header { get; init; }

        public required delegate* unmanaged<nint, byte*, CULong, byte*, int, int, int, int, int, int> Decompress { get; init; }

        public required delegate* unmanaged<nint, nint> Error { get; init; }

        public required delegate* unmanaged<nint, int> Destroy { get; init; }

        public static Functions? From(nint library)
        {
            if (NativeLibrary.TryGetExport(library, "tjInitDecompress", out var create) && NativeLibrary.TryGetExport(library, "tjDecompressHeader3", out var header)
                && NativeLibrary.TryGetExport(library, "tjDecompress2", out var decompress) && NativeLibrary.TryGetExport(library, "tjGetErrorStr2", out var error)
                && NativeLibrary.TryGetExport(library, "tjDestroy", out var destroy))
            {
                return new Functions
                {
                    Create = (delegate* unmanaged<nint>)create,
                    Header = (delegate* unmanaged<nint, byte*, CULong, int*, int*, int*, int*, int>)header,
                    Decompress = (delegate* unmanaged<nint, byte*, CULong, byte*, int, int, int, int, int, int>)decompress,
                    Error = (delegate* unmanaged<nint, nint>)error,
                    Destroy = (delegate* unmanaged<nint, int>)destroy,
                };
            }

            return null;
        }
    }
}
