namespace Stepsize.Web.Api.Http.Guard;

/// <summary>Where a request comes from, as far as browsers say. Programs say nothing of the kind.</summary>
internal static class RequestOrigin
{
    /// <summary>Whether a browser says that a page of another site makes the request.</summary>
    public static bool IsElsewhere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
        {
            return true;
        }

        // The scheme is not compared: a proxy may have ended TLS.
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
