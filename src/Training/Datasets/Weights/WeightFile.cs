using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>
/// A file of named tensors that a person gave: its directory is read and checked whole when it is opened, numbers tensor by tensor. Nothing of a length
/// that only the file vouches for is ever allocated. Not for more than one thread.
/// </summary>
internal abstract class WeightFile : IDisposable
{
    public const long MostBytes = 1L << 30;
    public const int MostTensors = 10_000;

    private const int BufferBytes = 1 << 16;
    private const int StartBytes = 9;
    private static readonly string[] PickleEndings = [".pth", ".pt", ".pkl", ".pickle", ".ckpt", ".bin", ".tar"];

    private readonly byte[] _buffer = new byte[BufferBytes];

    private protected WeightFile(string shown) => Shown = shown;

    /// <summary>In the file's order; names are there once.</summary>
    public abstract IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>What messages call the file.</summary>
    protected string Shown { get; }

    /// <param name="path">A safetensors or npz file, told apart by their first bytes.</param>
    /// <exception cref="InvalidInputException">It is not there, is of another kind, or its directory is damaged; names all that is wrong.</exception>
    public static WeightFile Open(string path)
    {
        RegularFile.Require(path);
        if (!File.Exists(path))
        {
            throw new InvalidInputException(WeightFault.Field, $"{path} {(Directory.Exists(path) ? "is a folder" : "does not exist")}; give a safetensors or npz file.");
        }

        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var opened = Open(file, path);
            file = null;
            return opened;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WeightFault.Unreadable(path, e);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>The numbers of a tensor, rounded to float.</summary>
    /// <exception cref="InvalidInputException">They cannot be read, or one of them is not finite.</exception>
    public float[] Read(StoredTensor tensor)
    {
        try
        {
            var values = new float[tensor.Length];
            WithNumbers(tensor, source => Read(source, tensor, values));
            return Array.FindIndex(values, v => !float.IsFinite(v)) is >= 0 and var bad
                ? throw WeightFault.Of(Shown, FormattableString.Invariant($"number {bad} of {WeightFault.Named(tensor.Name)} is not finite as a float"), "Give weights without NaN and infinity.")
                : values;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw WeightFault.Of(Shown, $"{WeightFault.Named(tensor.Name)} cannot be read to its end");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WeightFault.Unreadable(Shown, e);
        }
    }

    public abstract void Dispose();

    /// <summary>Calls with a stream whose next bytes are the tensor's numbers.</summary>
    /// <exception cref="InvalidDataException">What was read cannot be what was written.</exception>
    private protected abstract void WithNumbers(StoredTensor tensor, Action<Stream> read);

    private void Read(Stream source, StoredTensor tensor, float[] values)
    {
        for (var done = 0; done < values.Length;)
        {
            var count = Math.Min(values.Length - done, BufferBytes / tensor.BytesOfNumber);
            var bytes = _buffer.AsSpan(0, count * tensor.BytesOfNumber);
            source.ReadExactly(bytes);
            tensor.Convert(bytes, values.AsSpan(done, count));
            done += count;
        }
    }

    /// <summary>Takes the file over where it can be used.</summary>
    private static WeightFile Open(FileStream file, string path)
    {
        if (file.Length > MostBytes)
        {
            throw WeightFault.Of(path, $"it has {file.Length} bytes, and may have no more than {MostBytes}", "Give the weights of one network alone.");
        }

        Span<byte> start = stackalloc byte[StartBytes];
        start = start[..file.ReadAtLeast(start, StartBytes, throwOnEndOfStream: false)];
        file.Position = 0;
        if (start.StartsWith("PK"u8))
        {
            return NpzFile.Open(file, path);
        }

        if (start.Length == StartBytes && start[^1] == (byte)'{')
        {
            return SafetensorsFile.Open(file, path);
        }

        // A pickle of protocol 2 or later, or what is called one.
        if (start is [0x80, >= 2 and <= 5, ..] || PickleEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            throw WeightFault.Pickle(path);
        }

        throw start is [0x93, (byte)'N', (byte)'U', ..]
            ? WeightFault.Of(path, "it is a single array of NumPy", "Save all tensors under their names: numpy.savez('weights.npz', **tensors).")
            : WeightFault.Of(path, "it begins neither as a safetensors nor as an npz file does", "Give one of these.");
    }
}
