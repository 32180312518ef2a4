using System.Diagnostics;
using System.Globalization;

namespace Stepsize.Engine.Benchmarks;

/// <summary>The same sweep in PyTorch: a process that answers each line <c>go SECONDS</c> with its iterations per second, all its runs added up.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    /// <summary>What the peer says of itself, such as its version.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Starts it, or says why not.</summary>
    /// <param name="stacked">Runs that each process trains as one batched model; null for one run a process.</param>
    public static async Task<(PeerProcess? Peer, string Message)> StartAsync(
        string python, string script, BenchmarkCase benchmark, int cores, string datasets, int? stacked)
    {
        if (!File.Exists(script))
        {
            return (null, $"{script} is missing");
        }

        var start = new ProcessStartInfo(python)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { script, benchmark.Workload, cores.ToString(CultureInfo.InvariantCulture), datasets },
        };
        if (stacked is { } runs)
        {
            start.ArgumentList.Add(runs.ToString(CultureInfo.InvariantCulture));
        }

        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        try
        {
            var peer = new PeerProcess(Process.Start(start)!);
            var answer = await peer._process.StandardOutput.ReadLineAsync();
            if (answer?.StartsWith("ready ", StringComparison.Ordinal) == true)
            {
                peer.Title = answer["ready ".Length..];
                return (peer, peer.Title);
            }

            peer.Dispose();
            return (null, answer ?? "the peer ended without a word");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, $"there is no {python}");
        }
    }

    public async Task<double> MeasureAsync(TimeSpan duration)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"go {duration.TotalSeconds}"));
        await _process.StandardInput.FlushAsync();
        var answer = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The peer ended early.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        // Its input at an end is what it stops at.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
