using System.Text;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Api.Http.Asking;

/// <summary>Reads what is sent, whole and as text, but no more than the operation can need.</summary>
internal static class JsonBody
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="InvalidInputException">The body is not UTF-8.</exception>
    /// <exception cref="BodyTooLargeException">The body is too large (413).</exception>
    public static async Task<string> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var bytes = await BodyLimit.ReadAsync(request, cancellation);
        try
        {
            return Strict.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidInputException("", "The body is not UTF-8 text; send JSON in UTF-8.");
        }
    }
}
