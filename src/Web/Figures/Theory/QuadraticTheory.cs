using Stepsize.Data.Sweeps;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Theory;
using Stepsize.Web.Figures.Drawing;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Figures.Theory;

/// <summary>Statements about quadratic losses and exact gradients: the batch is the whole training set.</summary>
internal static class QuadraticTheory
{
    private const string Exact = "a quadratic loss, whose eigenvalues are computed from the data; exact gradients: a batch is the whole training set";

    /// <returns>Null where the loss is not quadratic or the gradients are not exact.</returns>
    public static RunTheory? Of(SweepSpecification sweep, RunRow run, RunFacts facts, RecordedCurves recorded)
    {
        if (facts.Spectrum is not { } spectrum || sweep.BatchSize < facts.Examples || recorded.Count < 2)
        {
            return null;
        }

        var rule = PlainRule.Of(sweep.Optimizers[run.Row]);
        if (rule is null)
        {
            return null;
        }

        var statements = new List<TheoryStatement>();
        var marks = new List<FigureMark>();
        List<FigureLine> loss = [recorded.Line("loss", 0, i => recorded.Loss[i - 1])];
        List<FigureLine> stepsize =
        [
            recorded.Line("effective stepsize", 0, i => recorded.Stepsize[i - 1]),
            recorded.Line("2/L", 1, _ => StabilityLimit.Stepsize(spectrum.Largest)),
            recorded.Line("1/L", 4, _ => 1 / spectrum.Largest),
        ];
        var figures = new List<LineFigure>();
        if (rule.Kind == PlainKind.AdaGradNorm)
        {
            var bound = new AdaGradNormBound(run.AxisValue, rule.Eta, spectrum.Largest, recorded.Loss[0]);
            statements.Add(Convergence(bound, run, recorded));
            loss.Add(recorded.Line("highest loss (lemma 4.2)", 2, _ => recorded.Loss[0] + bound.LargestRise));
            stepsize.Add(recorded.Line("smallest stepsize (theorem 2.2)", 2, _ => bound.SmallestStepsize));
            figures.Add(GradientFigure(bound, run, recorded));
        }

        if (rule.Kind is PlainKind.AdaGradNorm or PlainKind.AdaLoss && 2 * run.AxisValue < rule.Eta * spectrum.Largest)
        {
            var first = BurnIn.FirstBelow(recorded.Stepsize, StabilityLimit.Stepsize(spectrum.Largest));
            statements.Add(Burn(rule, run, spectrum, first));
            if (first is { } n)
            {
                marks.Add(new FigureMark(n, $"N = {NumberText.Whole(n)}"));
            }
        }

        if (spectrum.ReachesZero)
        {
            var rates = LinearRate.Bounds(recorded.Stepsize, spectrum.SmallestPositive, spectrum.Largest, recorded.Loss[0]);
            loss.Add(recorded.Line("linear rate (equation 7)", 3, i => rates[i - 1]));
            statements.Add(new TheoryStatement(
                "Linear rate",
                $"With the stepsizes that were made, the loss is at most {NumberText.Short(rates[^1])} before iteration {NumberText.Whole(recorded.Count)} (and down to the rounding of the numbers); "
                    + $"it was {NumberText.Short(recorded.Loss[recorded.Count - 1])}. λ_min = {NumberText.Short(spectrum.SmallestPositive)}, λ̄₁ = {NumberText.Short(spectrum.Largest)}.",
                Exact + "; a solution of zero loss; one stepsize for all parameters, without momentum",
                "Wu, Xie, Du and Ward (2022), equation 7 and theorem 1"));
        }

        statements.Add(new TheoryStatement(
            "Best constant stepsize",
            $"1/L = {NumberText.Short(1 / spectrum.Largest)}: with exact gradients ‖∇f‖² is its own expectation, so lemma 6 gives lemma 1's value. Drawn beside the stepsize.",
            "a convex loss with L-Lipschitz gradient; " + Exact,
            "Ioannou, Tagaris and Stafylopatis (2023), lemmas 1 and 6"));
        return new RunTheory([recorded.Figure("Loss", loss, marks), recorded.Figure("Effective stepsize", stepsize, marks), .. figures], statements);
    }

    private static TheoryStatement Convergence(AdaGradNormBound bound, RunRow run, RecordedCurves recorded)
    {
        var measured = run.Evaluations.Select(e => e.Evaluation.GradientNorm).Where(double.IsFinite).ToArray();
        return new TheoryStatement(
            "Convergence from any b₀",
            $"b₀ = {NumberText.Axis(run.AxisValue)} is {(bound.StartsBelow ? "below" : "not below")} ηL = {NumberText.Short(bound.Threshold)}. After {NumberText.Whole(recorded.Count)} iterations the smallest gradient norm is at most "
                + $"{NumberText.Short(Math.Sqrt(bound.SquaredGradient(recorded.Count)))}{(measured.Length > 0 ? $"; the smallest that was evaluated is {NumberText.Short(measured.Min())}" : "")}. "
                + $"The stepsize never falls below {NumberText.Short(bound.SmallestStepsize)}, the loss never rises above {NumberText.Short(recorded.Loss[0] + bound.LargestRise)}.",
            Exact + "; F* is at least 0; one b for all parameters (granularity global), no weight decay",
            "Ward, Wu and Bottou (2020), theorem 2.2 and lemmas 4.1, 4.2");
    }

    private static TheoryStatement Burn(PlainRule rule, RunRow run, QuadraticSpectrum spectrum, int? first)
    {
        var bound = rule.Kind == PlainKind.AdaGradNorm ? BurnIn.AdaGradNormBound(run.AxisValue, rule.Eta, spectrum) : double.PositiveInfinity;
        return new TheoryStatement(
            "Burn-in",
            (first is { } n ? $"The stepsize is below 2/λ̄₁ from iteration N = {NumberText.Whole(n)} on" : "The stepsize has not fallen below 2/λ̄₁ yet")
                + (double.IsFinite(bound) ? $"; the lemma gives at most {NumberText.Short(bound)}." : "."),
            Exact + "; 2b₀ < ηλ̄₁" + (rule.Kind == PlainKind.AdaLoss ? "; α = 2, which is the document's b² + ‖Xw − y‖² for a loss of half squares" : "; one b for all parameters"),
            "Wu, Xie, Du and Ward (2022), lemma 1");
    }

    private static LineFigure GradientFigure(AdaGradNormBound bound, RunRow run, RecordedCurves recorded)
    {
        FigurePoint[] points = [.. run.Evaluations.Select(e => new FigurePoint(e.Iteration, e.Evaluation.GradientNorm)).Where(p => double.IsFinite(p.Y) && p.Y > 0)];
        return recorded.Figure(
            "Gradient norm",
            [
                new FigureLine("evaluated gradient norm", 0, points.Length == 0 ? [] : [points], [], HasMarkers: true),
                recorded.Line("bound of the smallest (theorem 2.2)", 2, i => Math.Sqrt(bound.SquaredGradient(i))),
            ],
            [],
            whole: true);
    }
}
