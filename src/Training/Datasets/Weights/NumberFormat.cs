namespace Stepsize.Training.Datasets.Weights;

/// <summary>How the numbers of a tensor are written, little-endian.</summary>
internal enum NumberFormat
{
    /// <summary>IEEE 754 binary16.</summary>
    Half,

    /// <summary>The upper half of a binary32: bfloat16.</summary>
    BrainHalf,

    /// <summary>IEEE 754 binary32.</summary>
    Single,

    /// <summary>IEEE 754 binary64; rounded to binary32 when it is read.</summary>
    Double,
}
