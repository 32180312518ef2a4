using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Images;

/// <summary>A folder with a folder of JPEG files for each class. Pictures are decoded one at a time, when they are asked for.</summary>
internal sealed class ImageFolder
{
    private const int MostFiles = 5_000_000;
    private const long LargestFile = 64 << 20;

    private readonly string _path;
    private readonly List<(string File, int Label)> _files;

    private ImageFolder(string path, IReadOnlyList<string> classes, List<(string File, int Label)> files)
    {
        _path = path;
        Classes = classes;
        _files = files;
    }

    /// <summary>Names of the classes, in the order of their numbers.</summary>
    public IReadOnlyList<string> Classes { get; }

    public int Count => _files.Count;

    /// <summary>Looks through a folder, in the order of the names.</summary>
    /// <exception cref="InvalidInputException">A class has no pictures, there are fewer than two classes, or the folder cannot be read.</exception>
    public static ImageFolder Index(string path)
    {
        try
        {
            string[] classes = [.. Directory.EnumerateDirectories(path).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];
            var files = new List<(string, int)>();
            for (var label = 0; label < classes.Length; label++)
            {
                var before = files.Count;
                files.AddRange(Directory.EnumerateFiles(Path.Combine(path, classes[label])).Where(IsJpeg)
                    .Select(file => Path.Combine(classes[label], Path.GetFileName(file))).Order(StringComparer.Ordinal).Select(file => (file, label)));
                if (files.Count == before || files.Count > MostFiles)
                {
                    var what = files.Count == before ? "there is no .jpg, .jpeg or .JPEG file" : $"there are more than {MostFiles} files";
                    throw new InvalidInputException(FileFault.Field, $"{Path.Combine(path, classes[label])} cannot be used: {what}.");
                }
            }

            return classes.Length > 1
                ? new ImageFolder(path, classes, files)
                : throw new InvalidInputException(FileFault.Field, $"{path} cannot be used: a folder for each of at least two classes must be in it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFault.Unreadable(path, e);
        }
    }

    public int Label(int index) => _files[index].Label;

    /// <summary>A picture as bytes: channels, rows, columns; its shorter side scaled to 8/7 of <paramref name="side"/>, the middle cut out.</summary>
    /// <exception cref="InvalidInputException">The file is no picture, or nothing can decode it here.</exception>
    public byte[] Decode(int index, int side)
    {
        var path = Path.Combine(_path, _files[index].File);
        return TurboJpeg.Decode(path, BoundedFile.Read(path, LargestFile)).CentreCrop(side * 8 / 7, side);
    }

    /// <summary>The first pictures of each class, decoded.</summary>
    /// <param name="ofClass">Most pictures of a class.</param>
    /// <exception cref="InvalidInputException">As <see cref="Decode"/>; or they would not fit an array.</exception>
    public ImageExamples Load(int side, int ofClass)
    {
        int[] chosen = [.. Enumerable.Range(0, Count).GroupBy(Label).SelectMany(g => g.Take(ofClass))];
        var bytes = 3L * side * side;
        if (chosen.Length * bytes > Array.MaxLength)
        {
            throw new InvalidInputException(FileFault.Field, $"{chosen.Length} pictures of {side}×{side} pixels do not fit into one array; ask for fewer of each class, or smaller ones.");
        }

        var pixels = new byte[chosen.Length * bytes];
        for (var i = 0; i < chosen.Length; i++)
        {
            Decode(chosen[i], side).CopyTo(pixels, i * bytes);
        }

        return new ImageExamples((3, side, side), pixels, Array.ConvertAll(chosen, Label));
    }

    private static bool IsJpeg(string file) =>
        Path.GetExtension(file) is { } extension
        && (extension.Equals(".jpg", StringComparison.OrdinalIgnoreCase) || extension.Equals(".jpeg", StringComparison.OrdinalIgnoreCase));
}
