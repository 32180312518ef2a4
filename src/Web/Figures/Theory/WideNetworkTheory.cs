using Stepsize.Data.Sweeps;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Theory;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Theory;

/// <summary>What the errors of a two-layer network do in the limit of infinite width: u − y is multiplied by I − ηH∞ in each iteration.</summary>
internal static class WideNetworkTheory
{
    /// <returns>Null where there is no H∞, a batch is less than the set, or the optimizer has several stepsizes.</returns>
    public static RunTheory? Of(SweepSpecification sweep, RunRow run, RunFacts facts, RecordedCurves recorded)
    {
        if (!facts.Constants.TryGetValue("λ₀", out var smallest) || !facts.Constants.TryGetValue("‖H∞‖", out var largest)
            || sweep.BatchSize < facts.Examples || recorded.Count < 2 || PlainRule.Of(sweep.Optimizers[run.Row]) is null)
        {
            return null;
        }

        // The loss here is the mean over the n points, so that the document's η is η/n.
        var n = facts.Examples;
        var rates = LinearRate.Bounds(recorded.Stepsize, smallest / n, largest / n, recorded.Loss[0]);
        var limit = StabilityLimit.Stepsize(largest / n);
        return new RunTheory(
            [
                recorded.Figure("Loss", [recorded.Line("loss", 0, i => recorded.Loss[i - 1]), recorded.Line("bound at infinite width", 3, i => rates[i - 1])], []),
                recorded.Figure("Effective stepsize", [recorded.Line("effective stepsize", 0, i => recorded.Stepsize[i - 1]), recorded.Line("2n/‖H∞‖", 1, _ => limit)], []),
            ],
            [
                new TheoryStatement(
                    "Rate of the infinitely wide network",
                    $"With the stepsizes that were made, the loss of a network of infinite width is at most {NumberText.Short(rates[^1])} before iteration {NumberText.Whole(recorded.Count)}; "
                        + $"this network's was {NumberText.Short(recorded.Loss[recorded.Count - 1])}. Errors of the wide network contract at stepsizes below 2n/‖H∞‖ = {NumberText.Short(limit)}. "
                        + "This is a limit and no bound for a finite width: weights move, and a network may go on training beyond it.",
                    "points of norm 1; full batches; one stepsize; H∞ of these points, with λ₀ > 0; a width large enough, of which the theorem gives the order alone",
                    "Wu, Xie, Du and Ward (2022), theorem 2 and its proof"),
            ]);
    }
}
