using Stepsize.Web.Reports;
using Xunit;

namespace Stepsize.Web.Tests.Reports;

public class MarkdownTextTests
{
    [Theory]
    [InlineData("# One\n\n**bold** and *slanted*", "<h2>One</h2>\n<p><strong>bold</strong> and <em>slanted</em></p>\n")]
    [InlineData("[here](https://example.org/a?b=1&c=2)", "<p><a href=\"https://example.org/a?b=1&amp;c=2\">here</a></p>\n")]
    [InlineData("<https://example.org/>", "<p><a href=\"https://example.org/\">https://example.org/</a></p>\n")]
    [InlineData("[write](mailto:me@example.org)", "<p><a href=\"mailto:me@example.org\">write</a></p>\n")]
    [InlineData("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n")]
    [InlineData("`x < y`", "<p><code>x &lt; y</code></p>\n")]
    [InlineData("", "")]
    public void ToHtml_Markdown_IsItsHtml(string markdown, string expected) => Assert.Equal(expected, MarkdownText.ToHtml(markdown));

    [Fact]
    public void ToHtml_PipeTable_IsATable() =>
        Assert.Contains("<td>1</td>", MarkdownText.ToHtml("| a | b |\n|---|---|\n| 1 | 2 |"), StringComparison.Ordinal);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("text <img src=x onerror=alert(1)> text")]
    [InlineData("<svg><title><script>alert(1)</script></title></svg>")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<style>@import 'https://example.org/x.css'</style>")]
    [InlineData("<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](java&#x09;script:alert(1))")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](\u0001javascript:alert(1))")]
    [InlineData("[x](vbscript:msgbox(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x](/sweeps/1)")]
    [InlineData("[x](//example.org)")]
    [InlineData("[x][1]\n\n[1]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](https://example.org/track.png)")]
    [InlineData("![x](javascript:alert(1) \"onerror=alert(1)\")")]
    [InlineData("[![x](https://example.org/p.png)](javascript:alert(1))")]
    [InlineData("[x](https://example.org \"\\\" onmouseover=\\\"alert(1)\")")]
    [InlineData("[x](https://example.org/\"onmouseover=\"alert(1))")]
    [InlineData("```\" onclick=\"alert(1)\ncode\n```")]
    [InlineData("# Title {onclick=alert(1) .x #y}")]
    [InlineData("<!-- --><script>alert(1)</script>")]
    [InlineData("<![CDATA[<script>alert(1)</script>]]>")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;")]
    public void ToHtml_HostileText_CanDoNothing(string markdown) => HostileHtml.AssertHarmless(MarkdownText.ToHtml(markdown));

    [Fact]
    public void ToHtml_NestedTooDeep_IsShownAsItStands()
    {
        var markdown = string.Concat(Enumerable.Repeat("> ", 5000)) + "<b>";

        Assert.EndsWith("&lt;b&gt;</pre>", MarkdownText.ToHtml(markdown), StringComparison.Ordinal);
    }
}
