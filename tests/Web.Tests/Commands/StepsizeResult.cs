namespace Stepsize.Web.Tests.Commands;

/// <summary>How the program ended and what it wrote.</summary>
internal sealed record StepsizeResult(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
