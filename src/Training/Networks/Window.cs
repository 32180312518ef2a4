namespace Stepsize.Training.Networks;

/// <summary>A window that moves over the places of an image: kernel size, stride and padding, each for height and width, at least 1 (padding 0).</summary>
public sealed record Window((int Height, int Width) Size, (int Height, int Width) Stride, (int Height, int Width) Padding)
{
    public static Window Square(int size, int stride, int padding) => new((size, size), (stride, stride), (padding, padding));

    /// <summary>Positions that the window takes.</summary>
    /// <exception cref="Faults.InvalidInputException">It does not fit into the padded image.</exception>
    internal (int Height, int Width) Positions(LayerPlanner planner, Shape input)
    {
        if (input.Count != 3)
        {
            throw planner.Refuse("it must be an image, channels × height × width");
        }

        if (Math.Min(Size.Height, Size.Width) < 1 || Math.Min(Stride.Height, Stride.Width) < 1 || Math.Min(Padding.Height, Padding.Width) < 0)
        {
            throw planner.Refuse("its window and stride must be at least 1 and its padding at least 0");
        }

        var height = input[1] + (2 * Padding.Height);
        var width = input[2] + (2 * Padding.Width);
        if (Size.Height > height || Size.Width > width)
        {
            throw planner.Refuse($"its window of {Size.Height}×{Size.Width} must fit into the padded image of {height}×{width}; make it smaller or pad more");
        }

        return (((height - Size.Height) / Stride.Height) + 1, ((width - Size.Width) / Stride.Width) + 1);
    }
}
