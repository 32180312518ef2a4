using System.Globalization;
using Stepsize.Training.Theory;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Reports.Experiments;

/// <summary>Figure 5 of Wu, Xie, Du and Ward (2022), ‖H∞‖ against n: computed, not trained.</summary>
internal static class GramSection
{
    private static readonly int[] Counts = [10, 20, 50, 100, 200, 400];
    private static readonly int[] Dimensions = [10, 100, 1000];

    public static void Write(MarkdownWriter text)
    {
        var curves = Dimensions.Select(d => GramNormCurve.Of(Counts, d, seed: 0)).ToList();
        text.Heading(3, "‖H∞‖ against the number of points (figure 5)")
            .Paragraph("The largest eigenvalue of the Gram matrix of infinite width, for n points uniform on the unit sphere of dimension d; below 2/‖H∞‖ gradient descent on a wide network converges. The smallest eigenvalue λ₀ in brackets.")
            .Table(
                ["n", .. Dimensions.Select(d => $"d = {d.ToString("N0", CultureInfo.InvariantCulture)}")],
                Counts.Select((n, i) => (IReadOnlyList<string>)[$"{n}", .. curves.Select(c => $"{NumberText.Short(c[i].Norm)} ({NumberText.Tiny(c[i].SmallestEigenvalue)})")]))
            .Paragraph("As the article says of nearly orthogonal data, the norm hardly depends on n where n is small against d; beyond, it grows in proportion to n/d.");
    }
}
