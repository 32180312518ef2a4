using System.Buffers;
using System.Numerics;
using Stepsize.Training.Randomness;

namespace Stepsize.Training.Datasets.Images;

/// <summary>Pictures as numbers: bytes that a subclass has, scaled, and varied in training.</summary>
/// <param name="shape">Channels, height, width.</param>
/// <param name="variation">Null leaves training images as they are.</param>
internal abstract class PictureSource<T>((int Channels, int Height, int Width) shape, ChannelScaling scaling, ImageVariation? variation) : ExampleSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _table = scaling.Table<T>();

    public override int InputLength { get; } = shape.Channels * shape.Height * shape.Width;

    public override void Read(int example, Span<T> destination) => ChannelScaling.Apply(_table, Pixels(example), destination);

    public override void ReadForTraining(int example, RandomStream random, Span<T> destination)
    {
        if (variation is null)
        {
            Read(example, destination);
            return;
        }

        // From the pool: pictures are too large for the stack, and iterations do not allocate.
        var whole = ArrayPool<T>.Shared.Rent(InputLength);
        Read(example, whole.AsSpan(0, InputLength));
        variation.Apply(shape, whole.AsSpan(0, InputLength), random, destination);
        ArrayPool<T>.Shared.Return(whole);
    }

    /// <summary>Bytes of an image, channel after channel, each row by row.</summary>
    protected abstract ReadOnlySpan<byte> Pixels(int example);
}

/// <summary>Pictures that are in memory as bytes, a quarter of what numbers take.</summary>
internal sealed class MemoryPictures<T>(ImageExamples images, ChannelScaling scaling, ImageVariation? variation = null)
    : PictureSource<T>(images.Shape, scaling, variation)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override ReadOnlySpan<byte> Pixels(int example) => images.Pixels.AsSpan(example * images.PixelsOfImage, images.PixelsOfImage);
}

/// <summary>Pictures that stay on disk and are decoded each time: ImageNet is too large for memory.</summary>
internal sealed class FolderPictures<T>(ImageFolder folder, int side, ChannelScaling scaling, ImageVariation? variation = null)
    : PictureSource<T>((3, side, side), scaling, variation)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override ReadOnlySpan<byte> Pixels(int example) => folder.Decode(example, side);
}
