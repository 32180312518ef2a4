using System.CommandLine;
using System.Net;
using Stepsize.Web.Hosting;
using Stepsize.Web.Hosting.Health;

namespace Stepsize.Web.Commands;

/// <summary><c>health</c>: asks a running dashboard how it is, for containers that have no other program to ask with.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var command = new Command("health", "Asks the dashboard at --urls whether it is well; exit code 0 if so.") { CommandOptions.Urls };
        command.SetAction((parsed, cancellation) => RunAsync(CommandOptions.Settings(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ProgramSettings settings, CancellationToken cancellation)
    {
        var address = Reachable(settings.Urls.Split(';')[0]);
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(address, HealthRoutes.Root), cancellation);
            Console.WriteLine($"{address} answers {(int)answer.StatusCode} {answer.ReasonPhrase}");
            return answer.StatusCode == HttpStatusCode.OK ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"{address} does not answer ({e.Message}); start the dashboard, or name its address with --urls.");
            return ExitCode.Failure;
        }
    }

    /// <summary>A server that listens on every address is asked on this machine's.</summary>
    private static Uri Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host is "0.0.0.0" or "[::]" or "*" or "+" ? "127.0.0.1" : address.Host;
        return new Uri($"{address.Scheme}://{host}:{address.Port}");
    }
}
