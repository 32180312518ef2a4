using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Api.Http.Asking;

/// <summary>How much of a body is read, and how what is more is refused so that its sender gets to read why.</summary>
internal static class BodyLimit
{
    /// <summary>Where an endpoint says nothing else by <see cref="IRequestSizeLimitMetadata"/>: a specification, than which nothing larger is sent.</summary>
    public const int Usual = SpecificationLimits.MostBytes;

    /// <summary>
    /// A connection that is closed while a body arrives takes the answer with it: the system tells the sender of the close before the sender reads. So a
    /// body that is refused is still taken and thrown away, as far as this.
    /// </summary>
    private const long MostDiscarded = 256 << 20;

    private static readonly TimeSpan LongestDiscarding = TimeSpan.FromSeconds(2);

    public static long Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? Usual;

    /// <exception cref="BodyTooLargeException">The body is larger than the request's endpoint allows.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var most = Of(request.HttpContext);
        if (request.ContentLength > most)
        {
            throw new BodyTooLargeException(most);
        }

        LiftServersOwn(request.HttpContext);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > most)
            {
                throw new BodyTooLargeException(most);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Takes what still arrives of a body that was refused. Call it when the answer is written.</summary>
    public static async Task DiscardAsync(HttpContext context)
    {
        if (context.Request.Headers.Expect.Count > 0)
        {
            // Who asks before sending has been answered, and sends nothing.
            return;
        }

        LiftServersOwn(context);
        var buffer = new byte[64 << 10];
        try
        {
            await context.Response.CompleteAsync();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            patience.CancelAfter(LongestDiscarding);
            for (long taken = 0; taken < MostDiscarded;)
            {
                var read = await context.Request.Body.ReadAsync(buffer, patience.Token);
                if (read == 0)
                {
                    return;
                }

                taken += read;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or BadHttpRequestException)
        {
            // The sender has stopped, or takes too long: the connection may close.
        }
    }

    /// <summary>The server would close the connection at its own limit.</summary>
    private static void LiftServersOwn(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = null;
        }
    }
}

/// <summary>A body is larger than what is read.</summary>
internal sealed class BodyTooLargeException(long most)
    : BadHttpRequestException($"The body is too large; at most {Size(most)} are read. Send less.", StatusCodes.Status413PayloadTooLarge)
{
    private static string Size(long bytes) => bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes} bytes";
}
