namespace Stepsize.Web.Figures.Tables;

/// <summary>How a column is aligned, and where it is to be seen.</summary>
public enum ColumnKind
{
    Text,

    /// <summary>Aligned to the right.</summary>
    Number,

    /// <summary>A stretch of an axis: drawn in pictures and pages, left out of LaTeX and CSV.</summary>
    Band,
}

/// <param name="Title">Heading, with the unit.</param>
public sealed record DataColumn(string Title, ColumnKind Kind = ColumnKind.Number);

/// <summary>A stretch of a robustness axis, each place as a share of the axis' length in [0, 1].</summary>
/// <param name="From">Null, like <paramref name="To"/>, where there is no stretch.</param>
/// <param name="Best">Null where there is no best value.</param>
/// <param name="Ticks">Grid values.</param>
/// <param name="Label">For those who cannot see it.</param>
public sealed record AxisBand(double? From, double? To, double? Best, IReadOnlyList<double> Ticks, string Label);

/// <summary>One entry of a table.</summary>
/// <param name="Text">As people read it, rounded.</param>
/// <param name="Number">In full, for programs; null where the entry is no number.</param>
public sealed record DataCell(string Text, double? Number = null, AxisBand? Band = null)
{
    public static DataCell Empty { get; } = new("");

    /// <summary>A whole number.</summary>
    public static DataCell Count(long value) => new(value.ToString(System.Globalization.CultureInfo.InvariantCulture), value);
}

/// <summary>Numbers behind a figure or of a table: what pages, CSV and LaTeX are written from.</summary>
/// <param name="Title">Without markup, as a sentence's subject.</param>
/// <param name="Rows">Each as long as <paramref name="Columns"/>; the first entry names the row.</param>
/// <param name="Note">What the numbers are, in full sentences; empty where there is nothing to say.</param>
public sealed record DataTable(string Title, IReadOnlyList<DataColumn> Columns, IReadOnlyList<IReadOnlyList<DataCell>> Rows, string Note = "");
