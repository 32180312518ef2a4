namespace Stepsize.Training.Kernels;

/// <summary>A stretch of the summands of a product whose panel fits the first-level cache. All are equally long, to within one.</summary>
internal readonly struct DepthBlock
{
    // 192 rows of two vectors are 24 KiB with the widest; the rest of 32 KiB is for the left factor, which streams past.
    public const int Longest = 192;

    private readonly int _left;
    private readonly int _blocks;

    /// <summary>The first block.</summary>
    /// <param name="depth">All summands.</param>
    public DepthBlock(int depth)
        : this(0, depth, (depth + Longest - 1) / Longest)
    {
    }

    private DepthBlock(int first, int left, int blocks)
    {
        First = first;
        _left = left;
        _blocks = blocks;
        Length = blocks == 0 ? 0 : (left + blocks - 1) / blocks;
    }

    public int First { get; }

    /// <summary>0 behind the last block.</summary>
    public int Length { get; }

    public DepthBlock Next() => new(First + Length, _left - Length, _blocks - 1);
}
