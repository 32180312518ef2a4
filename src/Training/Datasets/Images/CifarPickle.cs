using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Images;

/// <summary>The Python version of CIFAR: a pickled dictionary with an array of pixels, <c>data</c>, and a list of classes.</summary>
internal static class CifarPickle
{
    /// <param name="path">For the messages.</param>
    /// <param name="images">How many images there must be.</param>
    /// <exception cref="InvalidInputException">The content is no such pickle, or has other shapes, or a class that does not exist.</exception>
    public static ImageExamples Parse(string path, byte[] content, CifarFormat format, int images)
    {
        if (PickleReader.Read(path, content) is not Dictionary<string, object> dictionary
            || dictionary.GetValueOrDefault("data") is not PickleArray data
            || dictionary.GetValueOrDefault(format.LabelKey) is not List<object> classes)
        {
            throw FileFault.At(path, 0, $"it must be a dictionary with an array \"data\" and a list \"{format.LabelKey}\"");
        }

        if (data.Rows != images || data.Columns != CifarFormat.Pixels || classes.Count != images)
        {
            throw FileFault.At(
                path, 0, $"it holds {data.Rows}×{data.Columns} pixels and {classes.Count} classes where {images}×{CifarFormat.Pixels} and {images} must be");
        }

        var labels = new int[images];
        for (var i = 0; i < images; i++)
        {
            labels[i] = classes[i] is int label && label >= 0 && label < format.Classes
                ? label
                : throw FileFault.At(path, 0, $"the class of image {i} is not a number below {format.Classes}");
        }

        return new ImageExamples(CifarFormat.Shape, data.Bytes.ToArray(), labels);
    }
}
