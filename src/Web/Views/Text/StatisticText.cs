using Stepsize.Training.Analysis;
using Stepsize.Web.Views.Sweeps;

namespace Stepsize.Web.Views.Text;

/// <summary>Statistics over the evaluations of a run in words.</summary>
public static class StatisticText
{
    /// <summary>For a switch.</summary>
    public static string Title(RunStatistic statistic) =>
        statistic == RunStatistic.Final ? "final"
        : statistic.LastEpochs is { } k ? $"mean of the last {(k == 1 ? "epoch" : $"{NumberText.Whole(k)} epochs")}"
        : "best";

    /// <summary>With the moment, for captions: <c>epoch 5</c>, <c>best until epoch 5</c>, <c>mean of the last 3 epochs until the end of training</c>.</summary>
    public static string When(RunStatistic statistic, Moment moment) =>
        statistic == RunStatistic.Final ? moment.Title : $"{Title(statistic)} until {(moment == Moment.End ? "the " : "")}{moment.Title}";

    /// <summary>Of one cell: what its numbers are, such as <c>best of 5 evaluations</c>; null for the final value and where there is none.</summary>
    public static string? Basis(RunStatistic statistic, Cell cell, int? iteration)
    {
        if (statistic == RunStatistic.Final || cell.Seeds.FirstOrDefault(s => double.IsFinite(s.Value)) is not { } seed)
        {
            return null;
        }

        var evaluations = seed.Run.Evaluations;
        var until = iteration is { } made ? evaluations.FirstOrDefault(e => e.Iteration == made) : evaluations.LastOrDefault();
        var count = until is null ? 0 : statistic.Looked(evaluations, until).Count();
        return $"{(statistic == RunStatistic.Best ? "best" : "mean")} of {count} {(count == 1 ? "evaluation" : "evaluations")}";
    }
}
