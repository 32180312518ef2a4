using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Theory;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Theory;

/// <summary>Lemma 2 of AdaLip for each layer of a run that records its layers.</summary>
internal static class LayerTheory
{
    /// <summary>The forms that average gradients: those with updates in their place are not the lemma's.</summary>
    private static readonly HashSet<string> Forms = ["adalip", "rmslip", "adamlip"];

    /// <returns>Null for other optimizers, other c, and runs without records.</returns>
    public static async Task<TheoryStatement?> OfAsync(SweepSpecification sweep, RunRow run, ILayerReader layers, CancellationToken cancellation)
    {
        var grid = sweep.Optimizers[run.Row];
        if (!sweep.RecordLayers || !Forms.Contains(grid.Optimizer.Id) || grid.Options.Choice("c") != "constant" || grid.Options.Choice("lr_schedule") != "constant")
        {
            return null;
        }

        var gradients = new List<List<float>>();
        var rates = new List<(float Low, float High)>();
        IReadOnlyList<string> names = [];
        await foreach (var block in layers.StreamAsync(run.Id, null, null, cancellation))
        {
            names = block.Columns.Names;
            for (var layer = 0; layer < block.Columns.Count; layer++)
            {
                if (gradients.Count == layer)
                {
                    gradients.Add([]);
                    rates.Add((float.PositiveInfinity, 0));
                }

                for (var i = 0; i < block.Count; i++)
                {
                    var at = block.At(layer, i);
                    gradients[layer].Add(block.Columns.Gradient[at]);
                    rates[layer] = (Math.Min(rates[layer].Low, block.Columns.Stepsize[at]), Math.Max(rates[layer].High, block.Columns.Stepsize[at]));
                }
            }
        }

        string[] lines =
        [
            .. names.Select((name, layer) => (name, layer, bounds: AdaLipBounds.Of(gradients[layer].ToArray(), grid.Options.Number("gamma"), grid.Options.Number("c_constant"))))
                .Where(l => l.bounds is not null)
                .Select(l => $"{l.name}: {NumberText.Short(run.AxisValue * l.bounds!.Low)} ≤ {NumberText.Short(rates[l.layer].Low)} to {NumberText.Short(rates[l.layer].High)} ≤ {NumberText.Short(run.AxisValue * l.bounds.High)}"),
        ];
        return lines.Length == 0 ? null : new TheoryStatement(
            "Learning rate of each layer",
            "Lower bound, smallest and largest rate made, upper bound. " + string.Join("; ", lines) + ".",
            "gradient norms between M > 0 and G, taken from the run itself; constant c and lr. Layers with a gradient of 0 are left out",
            "Ioannou, Tagaris and Stafylopatis (2023), lemma 2");
    }
}
