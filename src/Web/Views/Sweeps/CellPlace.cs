using System.Globalization;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Views.Sweeps;

/// <summary>The place of a cell: by it a page's address names one, and heatmap and curves of a page find each other's parts.</summary>
public static class CellPlace
{
    /// <summary>For addresses: row of the sweep and column of its grid, both from 0, such as <c>2-5</c>.</summary>
    public static string Slug(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"{row}-{column}");

    /// <summary>The cell of a run.</summary>
    public static string SlugOf(SweepSpecification sweep, RunRow run) => SlugOf(sweep, run.Row, run.AxisValue);

    /// <summary>The cell of an axis value that the row has.</summary>
    public static string SlugOf(SweepSpecification sweep, int row, double axisValue)
    {
        var axis = sweep.Optimizers[row].Axis;
        double[] columns = [.. sweep.Optimizers.Where(o => o.Axis == axis).SelectMany(o => o.Values).Distinct().Order()];
        return Slug(row, Array.IndexOf(columns, axisValue));
    }

    /// <summary>With the sweep: one page may show several.</summary>
    public static string Of(SweepView view, int row, int column) => string.Create(CultureInfo.InvariantCulture, $"{view.Detail.Summary.Id}:{row}-{column}");
}
