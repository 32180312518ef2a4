using Stepsize.Training.Kernels;

namespace Stepsize.Training.Networks;

/// <summary>A window that moves over the places of an image.</summary>
/// <param name="Height">At least 1.</param>
/// <param name="Width">At least 1.</param>
/// <param name="Stride">Step in both directions, at least 1.</param>
/// <param name="Padding">Added on every side, at least 0.</param>
public sealed record Window(int Height, int Width, int Stride = 1, int Padding = 0)
{
    /// <summary>Positions that the window takes.</summary>
    /// <exception cref="Faults.InvalidInputException">The input is no image, or the window does not fit into it.</exception>
    internal (int Height, int Width) Positions(LayerPlanner planner, Shape input)
    {
        if (input.Count != 3)
        {
            throw planner.Refuse("it must be an image, channels × height × width");
        }

        if (Math.Min(Math.Min(Height, Width), Stride) < 1 || Padding < 0)
        {
            throw planner.Refuse("its window and stride must be at least 1 and its padding at least 0");
        }

        var height = input[1] + (2 * Padding);
        var width = input[2] + (2 * Padding);
        if (Height > height || Width > width)
        {
            throw planner.Refuse($"its window of {Height}×{Width} must fit into the padded image of {height}×{width}; make it smaller or pad more");
        }

        return (((height - Height) / Stride) + 1, ((width - Width) / Stride) + 1);
    }

    /// <summary>The window over the input of a layer, as kernels take it.</summary>
    internal ConvolutionShape Over(LayerPlan plan, int groups = 1) =>
        new(plan.Input[0], plan.Input[1], plan.Input[2], plan.Output[0], Height, Width, Stride, Padding, groups);
}
