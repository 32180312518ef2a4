using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stepsize.Training.Tests.Datasets;

/// <summary>An HTTP server for one file on this machine, which can break off, ignore ranges or answer with an error.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _served;

    public LoopbackServer(byte[] content)
    {
        Content = content;
        _listener.Start();
        _served = ServeAsync();
    }

    public byte[] Content { get; set; }

    /// <summary>Breaks each connection off after so many bytes of content.</summary>
    public int BreakAfter { get; set; } = int.MaxValue;

    public bool IgnoresRanges { get; set; }

    public string Status { get; set; } = "200 OK";

    /// <summary>The first byte that each request asked for.</summary>
    public List<long> Starts { get; } = [];

    public string Address(string name) => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{name}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _served;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client.GetStream());
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // The test is over, or the client has gone.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        long start = 0;
        for (string? line; (line = await reader.ReadLineAsync(_stop.Token)) is { Length: > 0 };)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase) && !IgnoresRanges)
            {
                start = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            }
        }

        Starts.Add(start);
        var isPartial = start > 0 && start < Content.Length;
        var status = start >= Content.Length && start > 0 ? "416 Range Not Satisfiable" : isPartial ? "206 Partial Content" : Status;
        var body = status.StartsWith('2') ? Content[(int)start..] : [];
        var range = isPartial ? $"Content-Range: bytes {start}-{Content.Length - 1}/{Content.Length}\r\n" : "";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{range}Connection: close\r\n\r\n"), _stop.Token);
        await stream.WriteAsync(body.AsMemory(0, Math.Min(body.Length, BreakAfter)), _stop.Token);
    }
}
