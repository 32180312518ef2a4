namespace Stepsize.Web.Views.Text;

/// <summary>Formulas in LaTeX, as pages lay them out.</summary>
internal static class FormulaText
{
    private static readonly string[] Gaps = [@"\qquad", @"\quad"];

    /// <summary>
    /// The equations of a formula, which stand apart by <c>\quad</c> or <c>\qquad</c> outside any braces: a narrow screen wraps between them, where MathML itself does
    /// not wrap at all.
    /// </summary>
    public static IReadOnlyList<string> Equations(string formula)
    {
        var equations = new List<string>();
        var (begin, depth) = (0, 0);
        for (var i = 0; i < formula.Length; i++)
        {
            depth += formula[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0 && Gaps.FirstOrDefault(g => string.CompareOrdinal(formula, i, g, 0, g.Length) == 0) is { } gap)
            {
                Add(equations, formula[begin..i]);
                begin = i + gap.Length;
                i = begin - 1;
            }
        }

        Add(equations, formula[begin..]);
        return equations;
    }

    private static void Add(List<string> equations, string equation)
    {
        if (equation.Trim().TrimEnd(',') is { Length: > 0 } text)
        {
            equations.Add(text);
        }
    }
}
