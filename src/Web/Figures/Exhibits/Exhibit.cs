using System.Text;
using Stepsize.Web.Figures.Tables;

namespace Stepsize.Web.Figures.Exhibits;

/// <summary>A figure or table as it leaves the dashboard: drawn, as people read it, and in full.</summary>
/// <param name="FileName">Without extension; ASCII letters, digits and hyphens.</param>
/// <param name="Svg">A file of its own.</param>
/// <param name="Shown">As papers print it: for pages and LaTeX.</param>
/// <param name="Data">Every number in full, one observation a row: for CSV.</param>
public sealed record Exhibit(string FileName, string Svg, DataTable Shown, DataTable Data)
{
    /// <summary>Parts of a file name, joined.</summary>
    public static string Slug(params ReadOnlySpan<string> parts)
    {
        const int Longest = 80;
        var slug = new StringBuilder();
        foreach (var letter in string.Join('-', parts.ToArray()).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString();
        return text[..Math.Min(Longest, text.Length)].Trim('-') is { Length: > 0 } name ? name : "figure";
    }
}
