using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Weights;

/// <summary>What is wrong with a file of weights that a person gave, as a sentence that also says what to do.</summary>
internal static class WeightFault
{
    public const string Field = FileFault.Field;

    /// <summary>For files that are not what they claim to be.</summary>
    public const string Again = "Get or save the file again.";

    private const int LongestName = 80;

    /// <summary>A file that may run a program when it is opened is not opened at all.</summary>
    private const string Conversion =
        "python3 -c \"import torch, safetensors.torch as s; w = torch.load('FILE', map_location='cpu', weights_only=True); "
        + "s.save_file({k: v.contiguous() for k, v in w.items()}, 'weights.safetensors')\"";

    /// <param name="shown">What the person called the file.</param>
    /// <param name="what">A clause.</param>
    /// <param name="advice">A sentence.</param>
    public static InvalidInputException Of(string shown, string what, string advice = Again) => new(Field, $"{shown} cannot be used: {what}. {advice}");

    public static InvalidInputException Pickle(string shown) =>
        Of(shown, "it is a pickle (.pth, .pt), which can run any program when it is opened, and is not read here", $"Convert it: {Conversion}");

    public static InvalidInputException Unreadable(string shown, Exception error) => new(Field, $"{shown} cannot be read ({error.Message}); make it readable for this program.");

    /// <summary>A tensor's name in quotation marks, cut where it is long.</summary>
    public static string Named(string name) => $"\"{(name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…")}\"";

    /// <summary>Such as <c>384×3×16×16</c>; <c>a single number</c> without axes.</summary>
    public static string Axes(IReadOnlyList<int> shape) => shape.Count == 0 ? "a single number" : string.Join('×', shape);
}
