namespace Stepsize.Web.Commands;

/// <summary>What the program's exit code says to scripts.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The input was fine, but something else was not: a port in use, a locked database, a full disk, a run that failed.</summary>
    public const int Failure = 1;

    /// <summary>What was asked for cannot be done as it was given: unknown option or preset, specification with faults, missing data.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C or a signal before the end.</summary>
    public const int Interrupted = 130;
}
