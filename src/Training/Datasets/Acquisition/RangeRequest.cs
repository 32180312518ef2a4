using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>One request for what is missing of a file. The checksum of the whole decides at the end, so a source that changed in between is noticed.</summary>
internal static class RangeRequest
{
    /// <summary>A source that sends nothing for this long has stopped.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <exception cref="HttpRequestException">The source does not answer, refuses, breaks off or sends something else; what came is kept.</exception>
    public static async Task FetchAsync(
        HttpClient http, Uri address, PartialFile part, IProgress<AcquisitionProgress>? progress, TimeProvider time, CancellationToken cancellation)
    {
        var download = part.Download;
        if (part.Length > download.Bytes)
        {
            part.Restart();
        }

        if (part.IsComplete)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var start = part.Length;
        if (start > 0)
        {
            request.Headers.Range = new RangeHeaderValue(start, null);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable || (response.StatusCode == HttpStatusCode.PartialContent && !Continues(response, start)))
        {
            part.Restart();
            throw new HttpRequestException("the source holds another file now; what was kept of the old one is deleted");
        }

        response.EnsureSuccessStatusCode();
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            // The whole file comes, whatever was asked for.
            part.Restart();
            start = 0;
        }

        await using var content = await response.Content.ReadAsStreamAsync(cancellation);
        using var pause = new CancellationTokenSource(LongestPause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellation);
        await CopyAsync(content, part, start, address, progress, pause, either.Token);
        if (part.Length < download.Bytes)
        {
            throw new HttpRequestException($"the source sent {part.Length} of {download.Bytes} bytes");
        }
    }

    private static async Task CopyAsync(
        Stream content, PartialFile part, long start, Uri address, IProgress<AcquisitionProgress>? progress, CancellationTokenSource pause, CancellationToken cancellation)
    {
        void Report(long done)
        {
            pause.CancelAfter(LongestPause);
            progress?.Report(new AcquisitionProgress($"fetching {part.Download.Name}", start + done, part.Download.Bytes));
        }

        await using var target = part.Open();
        try
        {
            await BoundedCopy.CopyAsync(content, target, part.Download.Bytes - start, address.ToString(), Report, cancellation);
        }
        catch (IOException e) when (e is HttpIOException || e.InnerException is SocketException)
        {
            throw new HttpRequestException($"the connection broke off ({e.Message})", e);
        }
    }

    private static bool Continues(HttpResponseMessage response, long start) => response.Content.Headers.ContentRange is { } range && range.From == start;
}
