using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Stepsize.Browser.Tests;

/// <summary>The built program, started as people start it.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static async Task<ServerProcess> StartAsync(string database, string urls, params string[] more)
    {
        // Tables that tests bring in lie beside the database, and go with it.
        var data = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database))!, "datasets")).FullName;
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "stepsize.dll"), "serve", "--urls", urls, "--db", database, "--data", data, .. more])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                // Settings of the person who runs the tests must not reach it.
                Environment =
                {
                    ["STEPSIZE_URLS"] = null, ["STEPSIZE_DB"] = null, ["STEPSIZE_DATA"] = null, ["STEPSIZE_THREADS"] = null,
                    ["STEPSIZE_ALLOWED_HOSTS"] = null, ["STEPSIZE_PATH_BASE"] = null, ["STEPSIZE_KNOWN_PROXIES"] = null,
                },
            },
        };
        var server = new ServerProcess(process);
        process.OutputDataReceived += (_, line) => server.Take(line.Data);
        process.ErrorDataReceived += (_, line) => server.Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var first = await Task.WhenAny(server._listening.Task, process.WaitForExitAsync(), Task.Delay(Patience));
        if (first != server._listening.Task)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"The server did not start. It said:{Environment.NewLine}{server.Output}");
        }

        server.Address = await server._listening.Task;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["url"].Value));
        }
    }

    [GeneratedRegex(@"Stepsize Dashboard: (?<url>http://\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Listening();
}
