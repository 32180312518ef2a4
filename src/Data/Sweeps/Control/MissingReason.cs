namespace Stepsize.Data.Sweeps.Control;

/// <summary>Why a run of a sweep's grid has no result and is not on its way to one.</summary>
public enum MissingReason
{
    /// <summary>It was cancelled before its first iteration.</summary>
    NeverStarted,

    /// <summary>Something other than its training went wrong.</summary>
    Failed,

    /// <summary>It was cancelled while it trained.</summary>
    Cancelled,

    /// <summary>It was deleted, be it still in the bin or not.</summary>
    Deleted,
}
