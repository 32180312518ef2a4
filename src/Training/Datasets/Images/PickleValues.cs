namespace Stepsize.Training.Datasets.Images;

/// <summary>A Python tuple.</summary>
internal sealed record PickleTuple(object[] Items);

/// <summary>A NumPy array of bytes with two axes. Empty until the pickle gives its content.</summary>
internal sealed class PickleArray
{
    public int Rows { get; set; }

    public int Columns { get; set; }

    public ReadOnlyMemory<byte> Bytes { get; set; }
}

/// <summary>The Python objects that a pickle may name.</summary>
internal enum PickleName
{
    Reconstruct,
    Array,
    ElementType,
}

/// <summary>Types of an array's elements.</summary>
internal enum PickleElement
{
    Byte,
}
