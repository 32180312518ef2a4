using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Stepsize.Web.Reports;

/// <summary>
/// Markdown as HTML that can do nothing: HTML in it is text, links lead to web and mail addresses only, and pictures, which would be fetched from
/// elsewhere, become their descriptions.
/// </summary>
public static class MarkdownText
{
    private const int DeepestHeading = 6;

    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto];

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseEmphasisExtras().Build();

    public static string ToHtml(string markdown)
    {
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            Tame(document);
            using var text = new StringWriter();
            var renderer = new HtmlRenderer(text);
            Pipeline.Setup(renderer);
            renderer.Render(document);
            return text.ToString();
        }
        catch (ArgumentException)
        {
            // Nested deeper than anybody writes: shown as it stands.
            return $"<pre>{System.Net.WebUtility.HtmlEncode(markdown)}</pre>";
        }
    }

    private static void Tame(MarkdownDocument document)
    {
        // Changed after the walk: it does not follow what is replaced under it.
        foreach (var item in document.Descendants().ToList())
        {
            switch (item)
            {
                case HeadingBlock heading:
                    // The report's title is the only heading of the first level.
                    heading.Level = Math.Min(DeepestHeading, heading.Level + 1);
                    break;
                case LinkInline { IsImage: true } picture:
                    Unwrap(picture);
                    break;
                case LinkInline link:
                    if (Safe(link.GetDynamicUrl?.Invoke() ?? link.Url) is { } address)
                    {
                        (link.Url, link.GetDynamicUrl) = (address, null);
                    }
                    else
                    {
                        Unwrap(link);
                    }

                    break;
                case AutolinkInline link when Safe(link.IsEmail ? "mailto:" + link.Url : link.Url) is null:
                    link.ReplaceBy(new LiteralInline(link.Url));
                    break;
            }
        }
    }

    /// <summary>The address as a browser will read it; null where it leads to anything but web and mail.</summary>
    private static string? Safe(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme, StringComparer.Ordinal) ? uri.AbsoluteUri : null;

    /// <summary>Leaves what stands in a link without the link.</summary>
    private static void Unwrap(ContainerInline link)
    {
        foreach (var child in link.ToList())
        {
            child.Remove();
            link.InsertBefore(child);
        }

        link.Remove();
    }
}
