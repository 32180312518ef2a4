using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Stepsize.Web.Hosting.Serving;

/// <summary>
/// Compresses pages, answers of the API and exports; files of the pages are compressed already when they are built.
/// </summary>
/// <remarks>
/// Over TLS, compression can betray a secret to whoever makes a browser ask for pages that repeat what he guesses of it, and sees how long the answers are
/// (BREACH). Such requests come from pages of another site, which browsers say: those are answered uncompressed. Tokens against forged requests are
/// masked anew in every answer, besides.
/// </remarks>
internal static class Compression
{
    private static readonly string[] Types =
    [
        .. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "application/x-ndjson", "application/x-tex", "image/svg+xml", "text/csv",
    ];

    public static IServiceCollection AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Types;
        });

        // Training shares the cores: most of the gain for little of the time.
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return services;
    }

    public static void UseCompression(this IApplicationBuilder app)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            {
                context.Request.Headers.Remove("Accept-Encoding");
            }

            return next(context);
        });
        app.UseResponseCompression();
    }
}
