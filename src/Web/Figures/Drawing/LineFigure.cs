namespace Stepsize.Web.Figures.Drawing;

/// <summary>One side of a chart.</summary>
/// <param name="Low">Smallest value shown; greater than 0 on a logarithmic side.</param>
public sealed record FigureAxis(string Title, double Low, double High, bool IsLogarithmic);

/// <param name="Low">Lower end of the interval around <paramref name="Y"/>; NaN, like <paramref name="High"/>, where there is none.</param>
public readonly record struct FigurePoint(double X, double Y, double Low = double.NaN, double High = double.NaN);

/// <param name="Label">Empty for a line that the key does not name.</param>
/// <param name="Style">Which colour and marker: the n-th of <c>Series</c>.</param>
/// <param name="Stretches">Parts without a gap: a line does not cross what was not measured.</param>
/// <param name="Crosses">Places along x at which something diverged.</param>
/// <param name="HasMarkers">Whether each point is marked; not for points as dense as a line.</param>
public sealed record FigureLine(
    string Label, int Style, IReadOnlyList<IReadOnlyList<FigurePoint>> Stretches, IReadOnlyList<double> Crosses, bool HasMarkers)
{
    /// <summary>Null for the colour of its style.</summary>
    public string? Color { get; init; }

    /// <summary>Whether it is the raw line behind a smoothed one.</summary>
    public bool IsFaint { get; init; }
}

/// <summary>A limit along x, such as 2/L.</summary>
/// <param name="IsDashed">Whether it is of a second kind.</param>
public sealed record FigureMark(double X, string Label, bool IsDashed = false);

/// <summary>Lines over a common axis.</summary>
public sealed record LineFigure
{
    public required string Title { get; init; }

    public required string Caption { get; init; }

    /// <summary>For those who cannot see it.</summary>
    public required string Description { get; init; }

    public required FigureAxis X { get; init; }

    public required FigureAxis Y { get; init; }

    public required IReadOnlyList<FigureLine> Lines { get; init; }

    public IReadOnlyList<FigureMark> Marks { get; init; } = [];
}
