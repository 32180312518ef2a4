namespace Stepsize.Training.Datasets.Images;

/// <summary>What distinguishes CIFAR-10 from CIFAR-100, and the shapes that they share (Krizhevsky 2009).</summary>
/// <param name="Classes">10, or 100 (the fine labels).</param>
/// <param name="LabelBytes">Bytes before the pixels of a binary record; the last of them is the class.</param>
/// <param name="LabelKey">Name of the classes in the Python files.</param>
internal sealed record CifarFormat(int Classes, int LabelBytes, string LabelKey)
{
    public const int Side = 32;
    public const int Channels = 3;
    public const int Pixels = Channels * Side * Side;

    public static CifarFormat Ten { get; } = new(10, 1, "labels");

    public static CifarFormat Hundred { get; } = new(100, 2, "fine_labels");

    public static (int Channels, int Height, int Width) Shape => (Channels, Side, Side);
}
