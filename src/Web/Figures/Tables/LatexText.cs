using System.Text;

namespace Stepsize.Web.Figures.Tables;

/// <summary>Tables as LaTeX with the rules of booktabs. Every text is escaped: nothing in it can be a command.</summary>
public static class LatexText
{
    private static readonly Dictionary<char, string> Escapes = new()
    {
        ['\\'] = @"\textbackslash{}",
        ['{'] = @"\{",
        ['}'] = @"\}",
        ['$'] = @"\$",
        ['&'] = @"\&",
        ['#'] = @"\#",
        ['%'] = @"\%",
        ['_'] = @"\_",
        ['~'] = @"\textasciitilde{}",
        ['^'] = @"\textasciicircum{}",
        ['<'] = @"\textless{}",
        ['>'] = @"\textgreater{}",
        ['|'] = @"\textbar{}",
        // Straight in every font encoding: \textquotedbl is not there in the one that documents have by themselves.
        ['"'] = @"{\ttfamily\char34}",
        ['`'] = @"\textasciigrave{}",
        ['±'] = @"$\pm$",
        ['−'] = "$-$",
        ['≥'] = @"$\geq$",
        ['≤'] = @"$\leq$",
        ['×'] = @"$\times$",
        ['∞'] = @"$\infty$",
        ['√'] = @"$\surd$",
        ['η'] = @"$\eta$",
        ['α'] = @"$\alpha$",
        ['β'] = @"$\beta$",
        ['λ'] = @"$\lambda$",
        ['₀'] = "$_0$",
        ['₁'] = "$_1$",
        ['₂'] = "$_2$",
        ['\u2009'] = @"\,",
        ['\u00a0'] = "~",
        ['…'] = @"\ldots{}",
        ['–'] = "--",
        ['—'] = "---",
        ['’'] = "'",
    };

    public static string Of(DataTable table)
    {
        int[] columns = [.. Enumerable.Range(0, table.Columns.Count).Where(c => table.Columns[c].Kind != ColumnKind.Band)];
        var text = new StringBuilder("% Needs \\usepackage{booktabs}; with LaTeX before 2020 also \\usepackage[utf8]{inputenc} and \\usepackage{textcomp}.\n");
        text.Append(LatexLetters.Needs(table.Rows.SelectMany(r => columns.Select(c => r[c].Text)).Concat(columns.Select(c => table.Columns[c].Title)).Append(table.Title).Append(table.Note), Escapes.Keys));
        text.Append("\\begin{table}\n  \\centering\n  \\caption{").Append(Escape(table.Title)).Append("}\n  \\begin{tabular}{");
        text.Append(string.Concat(columns.Select(c => table.Columns[c].Kind == ColumnKind.Number ? 'r' : 'l'))).Append("}\n    \\toprule\n    ");
        text.AppendJoin(" & ", columns.Select(c => Escape(table.Columns[c].Title))).Append(" \\\\\n    \\midrule\n");
        foreach (var row in table.Rows)
        {
            // A row must not begin with a bracket: the line break before it would take that for its own.
            text.Append("    ").AppendJoin(" & ", columns.Select((c, i) => (i == 0 ? "{}" : "") + Escape(row[c].Text))).Append(" \\\\\n");
        }

        text.Append("    \\bottomrule\n  \\end{tabular}\n");
        if (table.Note.Length > 0)
        {
            text.Append("  \\par\\smallskip\\footnotesize ").Append(Escape(table.Note)).Append('\n');
        }

        return text.Append("\\end{table}\n").ToString();
    }

    /// <summary>A text that LaTeX prints as it stands.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (Escapes.TryGetValue(letter, out var command))
            {
                escaped.Append(command);
            }
            else
            {
                escaped.Append(char.IsControl(letter) ? ' ' : letter);
            }
        }

        return escaped.ToString();
    }
}
