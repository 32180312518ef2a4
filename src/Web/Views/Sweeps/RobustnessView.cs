using Stepsize.Training.Optimizers;
using Stepsize.Training.Robustness;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>A study with what its rows are called: all that a summary of robustness is written from, be its runs stored or just trained.</summary>
/// <param name="RowTitles">By row of the specification.</param>
public sealed record RobustnessView(SweepSpecification Specification, IReadOnlyList<string> RowTitles, RobustnessStudy Study)
{
    public Measure Measure => Study.Measure;

    public RobustnessAxis AxisOf(RobustnessRow row) => Specification.Optimizers[row.Row].Axis;
}
