using System.Diagnostics;
using System.Text;

namespace Stepsize.Web.Tests.Commands;

/// <summary>The program as people start it, in a process of its own.</summary>
internal sealed class StepsizeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private StepsizeProcess(string folder, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "stepsize.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Append(_output, e.Data);
        _process.ErrorDataReceived += (_, e) => Append(_error, e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => Text(_output);

    public string Error => Text(_error);

    /// <summary>Starts the program in the folder, and leaves it running.</summary>
    public static StepsizeProcess Start(TemporaryFolder folder, params string[] arguments) => new(folder.Path, arguments);

    public static StepsizeProcess Start(TemporaryFolder folder, (string Name, string Value) environment, params string[] arguments) =>
        new(folder.Path, arguments, environment);

    /// <summary>Runs the program to its end.</summary>
    public static async Task<StepsizeResult> RunAsync(TemporaryFolder folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return await process.EndAsync();
    }

    public static async Task<StepsizeResult> RunAsync(TemporaryFolder folder, (string Name, string Value) environment, params string[] arguments)
    {
        using var process = new StepsizeProcess(folder.Path, arguments, environment);
        return await process.EndAsync();
    }

    /// <summary>Waits until standard output or standard error holds the text.</summary>
    public async Task WaitForAsync(string text)
    {
        for (var clock = Stopwatch.StartNew(); !Output.Contains(text, StringComparison.Ordinal) && !Error.Contains(text, StringComparison.Ordinal); await Task.Delay(50))
        {
            if (_process.HasExited || clock.Elapsed > Patience)
            {
                throw new TimeoutException($"\"{text}\" was not written. Output: {Output} Error: {Error}");
            }
        }
    }

    /// <summary>What Ctrl-C does.</summary>
    public async Task<StepsizeResult> InterruptAsync()
    {
        await SignalAsync("INT");
        return await EndAsync();
    }

    /// <param name="signal">Such as STOP, CONT or TERM.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Time that its threads have spent on a processor.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Ends the program without a chance to do anything (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<StepsizeResult> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return new StepsizeResult(_process.ExitCode, Output, Error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
