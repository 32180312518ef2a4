namespace Stepsize.Training.Datasets.Text;

/// <summary>A text as tokens, and its class.</summary>
internal sealed record LabelledText(IReadOnlyList<string> Tokens, int Label);
