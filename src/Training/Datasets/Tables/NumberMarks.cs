namespace Stepsize.Training.Datasets.Tables;

/// <summary>What the marks in a written number must mean.</summary>
[Flags]
internal enum NumberMarks
{
    None = 0,
    DecimalPoint = 1,
    DecimalComma = 2,
    ThousandsComma = 4,
    ThousandsPoint = 8,
    ThousandsSpace = 16,
    ThousandsApostrophe = 32,

    /// <summary>As in 1.234, which is one and a quarter or more than a thousand.</summary>
    EitherPoint = 64,

    /// <summary>As in 1,234.</summary>
    EitherComma = 128,
}
