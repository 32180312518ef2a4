using System.Globalization;
using System.Text;
using System.Xml;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Drawing;

/// <summary>Where a text stands relative to its position.</summary>
public enum TextAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>
/// Writes one SVG file. Looks are attributes, not styles, and nothing is referred to by id: several drawings can stand in one page, under a policy that
/// allows no inline styles. All texts go through an XML writer, and letters that XML cannot hold are replaced.
/// </summary>
public sealed class SvgDrawing : IDisposable
{
    /// <summary>Font size of what goes on after a text.</summary>
    public const double SmallSize = 10;

    private const string Namespace = "http://www.w3.org/2000/svg";

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    /// <param name="title">Accessible name.</param>
    /// <param name="description">What is to be seen, for those who cannot.</param>
    public SvgDrawing(double width, double height, string title, string description)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = false });
        _xml.WriteStartElement("svg", Namespace);
        Attribute("viewBox", $"0 0 {P(width)} {P(height)}");
        Attribute("width", P(width));
        Attribute("height", P(height));
        Attribute("role", "img");
        Attribute("aria-label", title);
        Attribute("font-family", FigurePalette.Fonts);
        Attribute("font-size", "13");
        _xml.WriteElementString("title", Namespace, Clean(title));
        _xml.WriteElementString("desc", Namespace, Clean(description));
        Rectangle(0, 0, width, height, FigurePalette.Paper);
    }

    public void Rectangle(double x, double y, double width, double height, string fill, string? stroke = null, double radius = 0, string? dashes = null)
    {
        Begin("rect", ("x", P(x)), ("y", P(y)), ("width", P(Math.Max(0, width))), ("height", P(Math.Max(0, height))), ("fill", fill));
        Optional("stroke", stroke);
        Optional("stroke-dasharray", dashes);
        Optional("rx", radius > 0 ? P(radius) : null);
        _xml.WriteEndElement();
    }

    public void Line(double x1, double y1, double x2, double y2, string stroke, double width = 1, string? dashes = null, bool round = false)
    {
        Begin("line", ("x1", P(x1)), ("y1", P(y1)), ("x2", P(x2)), ("y2", P(y2)), ("stroke", stroke), ("stroke-width", P(width)));
        Optional("stroke-dasharray", dashes);
        Optional("stroke-linecap", round ? "round" : null);
        _xml.WriteEndElement();
    }

    public void Circle(double x, double y, double radius, string fill, string stroke, double width)
    {
        Begin("circle", ("cx", P(x)), ("cy", P(y)), ("r", P(radius)), ("fill", fill), ("stroke", stroke), ("stroke-width", P(width)));
        _xml.WriteEndElement();
    }

    /// <param name="halo">Colour of an outline that keeps the text readable over a pattern.</param>
    /// <param name="small">Goes on after the text, smaller.</param>
    public void Text(
        double x,
        double y,
        string text,
        string fill = FigurePalette.Ink,
        double size = 13,
        TextAnchor anchor = TextAnchor.Start,
        bool bold = false,
        string? halo = null,
        string small = "")
    {
        Begin("text", ("x", P(x)), ("y", P(y)), ("fill", fill));
        Optional("font-size", size == 13 ? null : P(size));
        Optional("text-anchor", anchor == TextAnchor.Start ? null : anchor.ToString().ToLowerInvariant());
        Optional("font-weight", bold ? "600" : null);
        if (halo is not null)
        {
            Attribute("stroke", halo);
            Attribute("stroke-width", "3");
            Attribute("stroke-linejoin", "round");
            Attribute("paint-order", "stroke");
        }

        _xml.WriteString(Clean(text));
        if (small.Length > 0)
        {
            Begin("tspan", ("dx", "3"), ("font-size", P(SmallSize)));
            _xml.WriteString(Clean(small));
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    public void Polyline(string points, string stroke, double width = 2, double opacity = 1)
    {
        Begin("polyline", ("points", points), ("fill", "none"), ("stroke", stroke), ("stroke-width", P(width)), ("stroke-linejoin", "round"));
        Optional("stroke-opacity", opacity < 1 ? P(opacity) : null);
        _xml.WriteEndElement();
    }

    public void Polygon(string points, string fill, double opacity)
    {
        Begin("polygon", ("points", points), ("fill", fill), ("fill-opacity", P(opacity)));
        _xml.WriteEndElement();
    }

    /// <param name="data">Path data around the origin.</param>
    public void Path(string data, double x, double y, double scale, string fill, string stroke, double width)
    {
        Begin("path", ("d", data), ("transform", $"translate({P(x)} {P(y)}) scale({P(scale)})"), ("fill", fill), ("stroke", stroke), ("stroke-width", P(width)));
        _xml.WriteEndElement();
    }

    /// <summary>Stripes from lower left to upper right, as lines that end at the rectangle's sides: a pattern would need an id.</summary>
    public void Hatch(double x, double y, double width, double height)
    {
        const double Step = 7;
        Rectangle(x, y, width, height, FigurePalette.HatchB, radius: 2);
        var data = new StringBuilder();
        for (var c = Step; c < width + height; c += Step)
        {
            var (left, right) = (Math.Max(0, c - height), Math.Min(width, c));
            data.Append(CultureInfo.InvariantCulture, $"M{P(x + left)} {P(y + c - left)}L{P(x + right)} {P(y + c - right)}");
        }

        Begin("path", ("d", data.ToString()), ("stroke", FigurePalette.HatchA), ("stroke-width", "3"), ("fill", "none"));
        _xml.WriteEndElement();
    }

    /// <summary>Ends the drawing.</summary>
    public string Finish()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.ToString();
    }

    public void Dispose() => _xml.Dispose();

    /// <summary>A coordinate.</summary>
    public static string P(double position) => NumberText.Css(position);

    private void Begin(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement(element, Namespace);
        foreach (var (name, value) in attributes)
        {
            Attribute(name, value);
        }
    }

    private void Attribute(string name, string value) => _xml.WriteAttributeString(name, Clean(value));

    private void Optional(string name, string? value)
    {
        if (value is not null)
        {
            Attribute(name, value);
        }
    }

    private static string Clean(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\ufffd');
            }
        }

        return clean.ToString();
    }
}
