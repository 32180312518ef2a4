using System.Security.Cryptography;
using System.Text;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Views.Addresses;

namespace Stepsize.Web.Api.Http.Guard;

/// <summary>
/// Lets programs repeat a POST whose answer they did not get: with the header <c>Idempotency-Key</c> (IETF draft-ietf-httpapi-idempotency-key-header) it
/// is carried out once, and a repetition gets the same answer. What was refused did nothing and is not remembered.
/// </summary>
internal sealed class RepeatGuard(RequestDelegate next, RememberedAnswers remembered)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Says of an answer that it was given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int LongestKey = 200;

    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.Path.StartsWithSegments(ApiRoutes.Root, StringComparison.OrdinalIgnoreCase)
            || request.Headers[Header] is not [{ } key, ..] keys)
        {
            await next(context);
            return;
        }

        if (keys.Count > 1 || key.Length is 0 or > LongestKey || key.Any(c => c is < ' ' or > '~'))
        {
            await Problems.Of(StatusCodes.Status400BadRequest, $"{Header} is not allowed; give one of 1 to {LongestKey} printable ASCII characters, such as a UUID.").ExecuteAsync(context);
            return;
        }

        var body = await BodyLimit.ReadAsync(request, context.RequestAborted);
        request.Body = new MemoryStream(body.ToArray(), writable: false);
        var fingerprint = Fingerprint(request, body.Span);
        while (true)
        {
            var entry = remembered.Enter(key, fingerprint, out var isNew);
            if (isNew)
            {
                await CarryOutAsync(context, entry);
                return;
            }

            if (entry.Fingerprint != fingerprint)
            {
                await Problems.Of(StatusCodes.Status422UnprocessableEntity, $"This {Header} was used for another request; give each request a key of its own.").ExecuteAsync(context);
                return;
            }

            if (await entry.Answer.WaitAsync(context.RequestAborted) is { } answer)
            {
                await WriteAsync(context.Response, answer);
                return;
            }
        }
    }

    private async Task CarryOutAsync(HttpContext context, RememberedAnswers.Entry entry)
    {
        var response = context.Response;
        var wire = response.Body;
        using var kept = new MemoryStream();
        RememberedAnswer? answer = null;
        try
        {
            response.Body = kept;
            await next(context);
            if (response.StatusCode is >= 200 and < 300)
            {
                answer = new RememberedAnswer(
                    response.StatusCode, [.. response.Headers.Where(h => h.Key is "Content-Type" or "Location").Select(h => KeyValuePair.Create(h.Key, h.Value.ToString()))], kept.ToArray());
            }
        }
        finally
        {
            response.Body = wire;

            // Before anything is sent: whoever loses this answer finds it by the key.
            remembered.End(entry, answer);
        }

        if (kept.Length > 0)
        {
            await wire.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), context.RequestAborted);
        }
    }

    private static async Task WriteAsync(HttpResponse response, RememberedAnswer answer)
    {
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        response.Headers[ReplayedHeader] = "true";
        if (answer.Body.Length > 0)
        {
            await response.Body.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
        }
    }

    private static string Fingerprint(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
