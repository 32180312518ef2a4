using System.Text;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Api.Asking;

/// <summary>Reads what is sent, whole and as text, but no more than a specification can need.</summary>
internal static class JsonBody
{
    /// <summary>As for specification files: room for the largest grid there may be.</summary>
    public const int MostBytes = 10 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="InvalidInputException">The body is not UTF-8.</exception>
    /// <exception cref="BadHttpRequestException">The body is too large (413).</exception>
    public static async Task<string> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > MostBytes)
        {
            throw TooLarge();
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MostBytes)
            {
                throw TooLarge();
            }
        }

        try
        {
            return Strict.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidInputException("", "The body is not UTF-8 text; send JSON in UTF-8.");
        }
    }

    private static BadHttpRequestException TooLarge() =>
        new($"The body is larger than {MostBytes >> 20} MiB; send less.", StatusCodes.Status413PayloadTooLarge);
}
