using System.Globalization;
using System.Text;
using Stepsize.Training.Options;

namespace Stepsize.Training.Optimizers;

/// <summary>docs/optimizers.md, written from the registry.</summary>
public static class OptimizerDocument
{
    private const string Introduction = """
        # Optimizers

        This page is written from the registry (`src/Training/Optimizers`); a test fails where it is stale, and
        `UPDATE_DOCS=1 ./test.sh` writes it again. How to add an optimizer: one file with its definition, one line in `OptimizerRegistry`, one transcription of
        its rule in `tests/Training.Tests/Optimizers/Transcriptions`.

        x are the parameters, g the gradient of the mean loss f of a mini-batch, t = 1, 2, … the iteration, ‖·‖ the Euclidean norm; products, quotients and roots of
        vectors are taken by coordinate. A *tensor* is one weight, kernel or bias; a *block* is all tensors of a layer. The axis is what a sweep varies, b₀ or the
        learning rate lr. The *initial stepsize* s₀ is what the rule gives for t = 0, before anything is accumulated or decayed: the scale on which optimizers with different axes are compared.

        The *effective stepsize* that is stored for each iteration is what multiplied the gradient, or the momentum (Adam's m̂); where there are many, by coordinate, neuron or
        tensor, it is their median. Arithmetic is in float32 or float64, as the workload's option `precision` says; sums of squared norms and of losses are always float64.

        """;

    /// <summary>The page as Markdown, with LaTeX formulas.</summary>
    public static string Write()
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        text.Append("\n| id | title | axis | source |\n| --- | --- | --- | --- |\n");
        foreach (var optimizer in OptimizerRegistry.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| [`{optimizer.Id}`](#{optimizer.Id}) | {optimizer.Title} | {Axes(optimizer)} | {optimizer.Source} |\n");
        }

        foreach (var optimizer in OptimizerRegistry.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {optimizer.Id}\n\n**{optimizer.Title}.** {optimizer.Summary}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"```math\n{optimizer.Formula}\n```\n\nSource: {optimizer.Source}. Axis: {Axes(optimizer)}. Initial stepsize: {Initial(optimizer)}.\n");
            WriteOptions(text, optimizer.Options);
        }

        return text.ToString();
    }

    private static void WriteOptions(StringBuilder text, IReadOnlyList<OptionDefinition> options)
    {
        if (options.Count == 0)
        {
            return;
        }

        text.Append("\n| option | default | allowed | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var option in options)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{option.Id}` | {Default(option)} | {option.Allowed} | {option.Meaning} |\n");
        }
    }

    private static string Axes(OptimizerDefinition optimizer) => string.Join(" or ", optimizer.Axes.Select(a => $"`{RobustnessAxisName.Of(a)}`"));

    private static string Initial(OptimizerDefinition optimizer) => string.Join(
        ", ",
        optimizer.Axes.Select(a => optimizer.InitialStepsizeOver(a).Formula + (optimizer.Axes.Count > 1 ? $" on `{RobustnessAxisName.Of(a)}`" : "")));

    private static string Default(OptionDefinition option) => option.Default switch
    {
        bool flag => flag ? "true" : "false",
        double[] numbers => $"[{string.Join(", ", numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)))}]",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
