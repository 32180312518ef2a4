using System.Text;

namespace Stepsize.Web.Reports.Experiments;

/// <summary>Markdown, block by block, with an empty line between.</summary>
internal sealed class MarkdownWriter
{
    private readonly StringBuilder _text = new();

    public MarkdownWriter Heading(int level, string text) => Block($"{new string('#', level)} {text}");

    public MarkdownWriter Paragraph(string text) => Block(text);

    /// <summary>Nothing where there is no item.</summary>
    public MarkdownWriter List(IEnumerable<string> items) => Block(string.Join('\n', items.Select(i => $"- {i}")));

    /// <param name="columns">Headings; the first column is text, the others are numbers.</param>
    /// <param name="rows">As many cells as there are columns.</param>
    public MarkdownWriter Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) => Block(string.Join('\n',
    [
        Row(columns),
        Row([.. columns.Select((_, i) => i == 0 ? "---" : "--:")]),
        .. rows.Select(Row),
    ]));

    /// <summary>Ends with one line break.</summary>
    public override string ToString() => _text.ToString();

    private MarkdownWriter Block(string text)
    {
        if (text.Length > 0)
        {
            _text.Append(_text.Length == 0 ? "" : "\n").Append(text).Append('\n');
        }

        return this;
    }

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal)))} |";
}
