namespace Stepsize.Browser.Tests;

/// <summary>The browser that tests drive: the system's, because Playwright's own is a download of its own.</summary>
internal static class BrowserProgram
{
    private const string Variable = "STEPSIZE_CHROMIUM";

    private static readonly string[] Usual =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    public static string Find()
    {
        var candidates = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? [named] : Usual;
        return candidates.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"There is no browser at {string.Join(", ", candidates)}; install Chromium, or name one in {Variable}.");
    }
}
