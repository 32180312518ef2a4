namespace Stepsize.Web.Hosting;

/// <summary>The log on the console: warnings, and the program's own news; levels can be set by STEPSIZE_Logging__LogLevel__… in the environment.</summary>
internal static class ProgramLog
{
    public static void AddProgramLog(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Stepsize", LogLevel.Information);
        // Whoever asks is told; asked every few seconds, the log would hold nothing else.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // What stops the server from starting reaches the person as a sentence, not as a stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
