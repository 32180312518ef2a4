using Stepsize.Training.Faults;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Reports;

/// <summary>How large a report may be: far more than anybody reads, and little enough to be stored and sent whole.</summary>
public static class ReportLimits
{
    public const int TitleLength = 200;
    public const int Blocks = 60;
    public const int MarkdownLength = 20_000;
    public const int CaptionLength = 500;

    /// <summary>Addresses and lists of runs.</summary>
    public const int FieldLength = 2_000;

    /// <summary>Of a published version, in characters.</summary>
    public const int ContentLength = 8_000_000;

    /// <summary>Reports every limit that is not kept.</summary>
    public static void Check(string title, IReadOnlyList<ReportBlock> blocks, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(title))
        {
            faults.Add("title", "A report needs a title; write one.");
        }

        if (HiddenMarks.FaultIn(title) is { } hidden)
        {
            faults.Add("title", $"The title {hidden}");
        }

        Length("title", title, TitleLength, faults);
        if (blocks.Count > Blocks)
        {
            faults.Add("blocks", $"There are {blocks.Count} blocks, and a report has at most {Blocks}; make two reports of it.");
        }

        foreach (var (index, block) in blocks.Index())
        {
            var name = $"block {index + 1}";
            Length(name, block.Markdown, MarkdownLength, faults);
            Length($"{name}, caption", block.Caption, CaptionLength, faults);
            Length($"{name}, runs", block.Runs, FieldLength, faults);
            Length($"{name}, comparison", block.Comparison, FieldLength, faults);
        }
    }

    private static void Length(string field, string text, int most, FaultList faults)
    {
        if (text.Length > most)
        {
            faults.Add(field, $"The text has {NumberText.Whole(text.Length)} characters, and at most {NumberText.Whole(most)} are kept; shorten it.");
        }
    }
}
