using System.Globalization;
using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Analysis;

/// <summary>
/// How the evaluations that a run has made by a moment become the one number that stands for it: the last of them, the best, or the mean of those of the
/// last epochs. Each looks at evaluations over whole sets only, at the epochs for which the sweep asked.
/// </summary>
public sealed record RunStatistic
{
    /// <summary>More epochs than any run here has; an address that asks for more is not taken.</summary>
    public const int MostEpochs = 10_000;

    private const string LastPrefix = "last-";

    private RunStatistic(string slug, int? lastEpochs = null)
    {
        Slug = slug;
        LastEpochs = lastEpochs;
    }

    /// <summary>The evaluation at the moment looked at.</summary>
    public static RunStatistic Final { get; } = new("final");

    /// <summary>The best evaluation until then. On a test set it is chosen with the answers known: an optimistic number, as papers print it.</summary>
    public static RunStatistic Best { get; } = new("best");

    /// <summary>For addresses: <c>final</c>, <c>best</c> or <c>last-5</c>.</summary>
    public string Slug { get; }

    /// <summary>k, where the mean over the last k epochs is taken; null for the others.</summary>
    public int? LastEpochs { get; }

    /// <summary>The mean of the evaluations made in the last <paramref name="epochs"/> epochs before the moment, itself included.</summary>
    /// <param name="epochs">k, from 1 to <see cref="MostEpochs"/>.</param>
    public static RunStatistic MeanOfLast(int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(epochs, MostEpochs);
        return new RunStatistic(LastPrefix + epochs.ToString(CultureInfo.InvariantCulture), epochs);
    }

    /// <summary>Reads a <see cref="Slug"/>; null for anything else.</summary>
    public static RunStatistic? Parse(string? slug) =>
        slug == Final.Slug ? Final
        : slug == Best.Slug ? Best
        : slug?.StartsWith(LastPrefix, StringComparison.Ordinal) == true
            && int.TryParse(slug.AsSpan(LastPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var epochs) && epochs is >= 1 and <= MostEpochs
            ? MeanOfLast(epochs)
        : null;

    /// <summary>The number of one run.</summary>
    /// <param name="evaluations">All of the run, by iteration.</param>
    /// <param name="until">The one at the moment looked at.</param>
    /// <returns>NaN where the measure has no value then: a model that has become NaN has no best and no mean either.</returns>
    public double Of(IReadOnlyList<EvaluationPoint> evaluations, EvaluationPoint until, Measure measure)
    {
        var final = measure.Of(until.Evaluation);
        if (!double.IsFinite(final) || this == Final)
        {
            return final;
        }

        var values = Looked(evaluations, until).Select(e => measure.Of(e.Evaluation)).Where(double.IsFinite);
        return this != Best ? values.Average() : measure.IsLargerBetter() ? values.Max() : values.Min();
    }

    /// <summary>The evaluations that go into the number.</summary>
    public IEnumerable<EvaluationPoint> Looked(IReadOnlyList<EvaluationPoint> evaluations, EvaluationPoint until)
    {
        if (this == Final)
        {
            return [until];
        }

        // Epochs are quotients: an epoch's end may miss a whole number by the last bits.
        var after = LastEpochs is { } k ? until.Epoch - k + 1e-9 : double.NegativeInfinity;
        return evaluations.Where(e => e.Iteration <= until.Iteration && e.Epoch > after);
    }
}
