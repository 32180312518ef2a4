using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Reading;

/// <summary>What is wrong with a data file, and where in it, as one sentence that also says what to do.</summary>
internal static class FileFault
{
    public const string Field = "datasets";

    private const string Advice = "Replace it by the original file; \"datasets list\" says where to get it.";

    /// <param name="offset">Byte of the unpacked content at which reading had to stop.</param>
    /// <param name="what">A clause such as <c>the label is 12, but there are 10 classes</c>.</param>
    public static InvalidInputException At(string path, long offset, string what) =>
        new(Field, FormattableString.Invariant($"{path} cannot be used: at byte {offset}, {what}. {Advice}"));

    /// <param name="line">Counted from 1.</param>
    public static InvalidInputException AtLine(string path, long line, long offset, string what) =>
        new(Field, FormattableString.Invariant($"{path} cannot be used: in line {line} (byte {offset}), {what}. {Advice}"));

    /// <param name="line">Counted from 1.</param>
    public static InvalidInputException AtLine(string path, long line, string what) =>
        new(Field, FormattableString.Invariant($"{path} cannot be used: in line {line}, {what}. {Advice}"));

    /// <summary>The file is there, but the system does not let it be read.</summary>
    public static InvalidInputException Unreadable(string path, Exception error) =>
        new(Field, $"{path} cannot be read ({error.Message}); make it readable for this program.");
}
