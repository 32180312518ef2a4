using Stepsize.Data.Metrics;
using Stepsize.Training.Analysis.Curves;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Views.Curves;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Curves;

/// <summary>What <see cref="CurveQuery"/> reads, for the description of the API.</summary>
internal static class CurveParameters
{
    public static IReadOnlyList<QueryParameter> All { get; } =
    [
        new RunsParameter("runs", "Numbers of the runs; 5-9 stands for 5, 6, 7, 8, 9."),
        new TextParameter("s", "In place of runs, the short name of a stored selection.", 40),
        new WholeParameter("sweep", "In place of runs, a sweep.", 1, int.MaxValue),
        new WholeParameter("row", "Only this optimizer of the sweep, from 0.", 0, int.MaxValue),
        new TextParameter("value", "Only this value of the optimizer's axis.", 40),
        new WordParameter<MetricColumn>("show", "The column; left out, loss.", Words.All<MetricColumn>()),
        new WordParameter<SeedCenter>("over", "What stands for the seeds of a configuration; left out, every run is a curve.", Words.All<SeedCenter>()),
        new TextParameter("smooth", "ema:N or median:N, with N in iterations.", 40),
        new WholeParameter("from", "First iteration wanted, counted from 1.", 1, int.MaxValue),
        new WholeParameter("to", "Last iteration wanted.", 1, int.MaxValue),
        new WordParameter<bool>("x", "log for points spread evenly over a logarithmic axis.", new Dictionary<string, bool> { ["log"] = true }),
    ];
}
