namespace Stepsize.Data.Sweeps.Bin;

/// <summary>How long what is deleted can be restored.</summary>
public static class BinPeriod
{
    public static readonly TimeSpan Length = TimeSpan.FromDays(30);
}
