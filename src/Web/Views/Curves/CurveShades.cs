using Stepsize.Web.Views.Scales;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Curves;

/// <summary>The colour of a line: its optimizer's, towards the paper where the axis value is small and towards the ink where it is large.</summary>
public static class CurveShades
{
    /// <summary>Per cent of its own colour that the palest and the darkest line keep.</summary>
    private const double Least = 45;

    /// <param name="family">Index of the optimizer.</param>
    /// <param name="shade">From 0 to 1.</param>
    /// <returns>A CSS colour.</returns>
    public static string Of(int family, double shade)
    {
        var kept = 100 - (Math.Abs((2 * shade) - 1) * (100 - Least));
        return $"color-mix(in oklab, {Series.Color(family)} {NumberText.Css(kept)}%, var({(shade < 0.5 ? "--sheet" : "--ink")}))";
    }
}
