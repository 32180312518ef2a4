using System.Text.RegularExpressions;
using Xunit;

namespace Stepsize.Web.Tests.Reports;

/// <summary>Reads HTML tag by tag, as a browser would, and fails on anything that could run, load or lead into the dashboard.</summary>
internal static partial class HostileHtml
{
    private static readonly string[] Forbidden = ["script", "iframe", "object", "embed", "form", "input", "button", "img", "image", "link", "base", "use", "foreignobject", "animate", "set", "audio", "video"];

    private static readonly string[] Addresses = ["href", "src", "srcset", "xlink:href", "action", "formaction", "data", "poster", "background"];

    /// <param name="allowed">Elements that belong to the page itself.</param>
    public static void AssertHarmless(string html, params string[] allowed)
    {
        foreach (Match tag in Tags().Matches(html))
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            Assert.False(Forbidden.Contains(name) && !allowed.Contains(name), $"<{name}> in {tag.Value}");
            foreach (Match attribute in Attributes().Matches(tag.Groups["attributes"].Value))
            {
                var (key, value) = (attribute.Groups["key"].Value.ToLowerInvariant(), attribute.Groups["value"].Value);
                Assert.False(key.StartsWith("on", StringComparison.Ordinal), $"{key} in {tag.Value}");
                Assert.NotEqual("style", key);
                if (Addresses.Contains(key))
                {
                    Assert.Matches("^(https?:|mailto:)", value);
                }
            }
        }
    }

    [GeneratedRegex("""<(?<name>[a-zA-Z][^\s/>]*)(?<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Tags();

    [GeneratedRegex("""(?<key>[^\s=/"'>]+)(\s*=\s*("(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'>]+)))?""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Attributes();
}
