using Stepsize.Training.Kernels.Simd;

namespace Stepsize.Training.Kernels.Winograd;

/// <summary>
/// An image with its channels innermost, so that transforms work on whole vectors of them, and with room around it: pixels outside of the image, and lanes beyond the
/// channels, are zero unless something was added to them.
/// </summary>
/// <param name="channels">Of the image.</param>
/// <param name="height">Of the image.</param>
/// <param name="width">Of the image.</param>
/// <param name="margin">Rows above and columns left of it.</param>
/// <param name="roomHeight">Rows with the room.</param>
/// <param name="roomWidth">Columns with the room.</param>
internal sealed unsafe class ChannelsLast<T>(int channels, int height, int width, int margin, int roomHeight, int roomWidth)
    where T : unmanaged
{
    private readonly AlignedBuffer<T> _pixels = new((long)roomHeight * roomWidth * AlignedBuffer<T>.Padded(channels));

    /// <summary>Numbers from one pixel to the next.</summary>
    public int Pixel { get; } = AlignedBuffer<T>.Padded(channels);

    /// <summary>Numbers from one row to the next.</summary>
    public int Row => roomWidth * Pixel;

    /// <summary>The first pixel of the room.</summary>
    public T* Start => _pixels.Start;

    public void Clear() => _pixels.Clear();

    /// <summary>Takes an image of [channel][row][column].</summary>
    public void Read<TSimd, TVector>(T* image)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        var (rows, columns) = Stretch();
        for (var row = 0; row < rows; row++)
        {
            Transposition.Run<TSimd, TVector, T>(image + (row * width), height * width, channels, columns, Interior(row), Pixel);
        }
    }

    /// <summary>Gives the image back as [channel][row][column].</summary>
    public void Write<TSimd, TVector>(T* image)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
    {
        var (rows, columns) = Stretch();
        for (var row = 0; row < rows; row++)
        {
            Transposition.Run<TSimd, TVector, T>(Interior(row), Pixel, columns, channels, image + (row * width), height * width);
        }
    }

    /// <summary>Rows that can be copied at once: all of them where there is no room at their ends.</summary>
    private (int Rows, int Columns) Stretch() => width == roomWidth ? (1, height * width) : (height, width);

    private T* Interior(int row) => Start + ((margin + row) * Row) + (margin * Pixel);
}
