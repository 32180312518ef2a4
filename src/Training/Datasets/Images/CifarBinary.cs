using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Images;

/// <summary>The binary version of CIFAR: records of one byte for the class (two for CIFAR-100: superclass, class) and 3072 of pixels.</summary>
internal static class CifarBinary
{
    /// <param name="path">For the messages.</param>
    /// <param name="images">How many records there must be.</param>
    /// <exception cref="InvalidInputException">The content has another length, or a class that does not exist.</exception>
    public static ImageExamples Parse(string path, byte[] content, CifarFormat format, int images)
    {
        var record = format.LabelBytes + CifarFormat.Pixels;
        var length = (long)record * images;
        if (content.Length != length)
        {
            var what = content.Length < length ? "it ends" : "it goes on";
            throw FileFault.At(path, Math.Min(content.Length, length), $"{what}, but {images} records of {record} bytes must be there, {length} bytes");
        }

        var pixels = new byte[images * CifarFormat.Pixels];
        var labels = new int[images];
        for (var i = 0; i < images; i++)
        {
            var at = (i * record) + format.LabelBytes;
            labels[i] = content[at - 1];
            if (labels[i] >= format.Classes)
            {
                throw FileFault.At(path, at - 1, $"the class is {labels[i]}, but there are {format.Classes}, counted from 0");
            }

            content.AsSpan(at, CifarFormat.Pixels).CopyTo(pixels.AsSpan(i * CifarFormat.Pixels));
        }

        return new ImageExamples(CifarFormat.Shape, pixels, labels);
    }
}
