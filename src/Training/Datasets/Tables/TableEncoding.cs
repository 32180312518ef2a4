namespace Stepsize.Training.Datasets.Tables;

/// <summary>How the bytes of a table are letters.</summary>
public enum TableEncoding
{
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,

    /// <summary>Windows-1252, of which Latin-1 is the part without the quotation marks and dashes at 0x80 to 0x9F.</summary>
    Latin1,
}
