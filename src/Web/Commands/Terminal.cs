using Spectre.Console;

namespace Stepsize.Web.Commands;

/// <summary>Where the command line writes: results to standard output, progress to standard error, so that results can be piped.</summary>
internal static class Terminal
{
    /// <summary>Width of tables that go to a file or a pipe, where nothing has to fit a window.</summary>
    private const int FileWidth = 200;

    public static IAnsiConsole Output { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Progress { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Whether progress can be drawn over itself.</summary>
    public static bool ShowsBars => !Console.IsErrorRedirected && Progress.Profile.Capabilities.Ansi;

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = FileWidth;
        }

        return console;
    }
}
