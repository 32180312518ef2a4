namespace Stepsize.Training.Datasets.Tables;

/// <summary>How the bytes of a table become cells and numbers.</summary>
/// <param name="Separator">Between the cells of a row.</param>
/// <param name="Decimal">Before the decimals of a number: a point or a comma.</param>
/// <param name="Thousands">Between groups of three digits; null where there is none. A space stands for the spaces that do not break, too.</param>
/// <param name="HasHeader">Whether the first row holds the names of the columns.</param>
public sealed record TableFormat(TableEncoding Encoding, char Separator, char Decimal, char? Thousands, bool HasHeader)
{
    /// <summary>Whether it is what programs write: UTF-8, a decimal point, no thousands, a header. Nothing then needs to be known to read the numbers.</summary>
    internal bool IsPlain => this is { Encoding: TableEncoding.Utf8, Decimal: '.', Thousands: null, HasHeader: true };
}
