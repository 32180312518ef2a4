using System.Security.Cryptography;
using System.Text;

namespace Stepsize.Web.Reports;

/// <summary>The style sheet that every shared report carries in itself, and the policies that allow it and nothing else.</summary>
internal static class ReportStyles
{
    private static readonly string Sheet = Read();

    /// <summary>The sheet as an element of the page's head.</summary>
    public static string Element { get; } = $"<style>{Sheet}</style>";

    /// <summary>For the page itself, so that it also holds for a file on a disk: no script, no request, one style sheet.</summary>
    public static string MetaPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Sheet)))}'; base-uri 'none'; form-action 'none'";

    /// <summary>The same for the response, with what only a header can say.</summary>
    public static string HeaderPolicy { get; } = MetaPolicy + "; frame-ancestors 'none'";

    private static string Read()
    {
        using var stream = typeof(ReportStyles).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The style sheet of reports is not part of the program.");
        using var reader = new StreamReader(stream);

        // A browser counts a line break as one character, whatever the file has.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
