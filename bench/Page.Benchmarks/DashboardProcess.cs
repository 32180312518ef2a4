using System.Diagnostics;
using System.Text;

namespace Stepsize.Page.Benchmarks;

/// <summary>The program, started as people start it.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    private readonly Process _process;

    private DashboardProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    /// <summary>Trains a specification into the database.</summary>
    public static async Task TrainAsync(string specification, string database)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, specification);
        using var process = Start("sweep", "run", file, "--db", database);
        _ = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(file);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The sweep was not trained:{Environment.NewLine}{errors}");
        }
    }

    public static async Task<DashboardProcess> ServeAsync(string database)
    {
        var process = Start("serve", "--urls", "http://127.0.0.1:0", "--db", database);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                _ = process.StandardError.ReadToEndAsync();
                return new DashboardProcess(process, new Uri(line[at..].Split(' ')[0]));
            }
        }

        throw new InvalidOperationException($"The dashboard did not start:{Environment.NewLine}{await process.StandardError.ReadToEndAsync()}");
    }

    /// <summary>Launches a sweep in the dashboard, which trains it while pages are measured.</summary>
    public async Task LaunchAsync(string specification)
    {
        using var content = new StringContent(specification, Encoding.UTF8, "application/json");
        var response = await Client.PostAsync(new Uri("/api/sweeps", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "stepsize.dll"), .. arguments])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["STEPSIZE_URLS"] = null, ["STEPSIZE_DB"] = null, ["STEPSIZE_DATA"] = null, ["STEPSIZE_THREADS"] = null },
    })!;
}
