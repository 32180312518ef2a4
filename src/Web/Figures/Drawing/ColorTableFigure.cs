namespace Stepsize.Web.Figures.Drawing;

/// <summary>What a part of a cell is filled with.</summary>
public enum CellFill
{
    /// <summary>No run, nothing to draw but a dashed edge.</summary>
    None,

    /// <summary>Stripes: diverged.</summary>
    Hatched,

    /// <summary>The part's own colour.</summary>
    Color,

    /// <summary>A quiet ground: a number without better and worse.</summary>
    Plain,
}

/// <summary>One number in a cell.</summary>
/// <param name="Text">Large.</param>
/// <param name="Small">Beside it, such as its interval; empty for none.</param>
/// <param name="Color">For <see cref="CellFill.Color"/>.</param>
public sealed record CellPart(string Text, string Small, CellFill Fill, (byte R, byte G, byte B) Color = default);

/// <param name="Parts">From top to bottom, one or two.</param>
/// <param name="Foot">A word below them; empty for none.</param>
/// <param name="HasCorner">Whether a hatched corner says that not every seed got through.</param>
/// <param name="HasLimit">Whether the line of a limit, such as 2/L, runs at its left side.</param>
/// <param name="HasBatchLimit">The same of mini-batches, drawn dashed.</param>
public sealed record ColorCell(IReadOnlyList<CellPart> Parts, string Foot = "", bool HasCorner = false, bool HasLimit = false, bool HasBatchLimit = false)
{
    public static ColorCell Empty { get; } = new([new CellPart("", "", CellFill.None)]);
}

/// <summary>What the colours mean.</summary>
/// <param name="Stops">Colours from worst to best; empty for no scale.</param>
public sealed record ColorLegend(string Low, string High, IReadOnlyList<(byte R, byte G, byte B)> Stops, string Words);

/// <summary>A table whose cells are coloured by their numbers: a heatmap, a published table beside ours, a difference.</summary>
public sealed record ColorTableFigure
{
    public required string Title { get; init; }

    public required string Caption { get; init; }

    /// <summary>For those who cannot see it.</summary>
    public required string Description { get; init; }

    /// <summary>What rows are.</summary>
    public required string Corner { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<(string Label, IReadOnlyList<ColorCell> Cells)> Rows { get; init; }

    public ColorLegend? Legend { get; init; }
}
