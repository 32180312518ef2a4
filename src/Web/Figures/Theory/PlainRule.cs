using Stepsize.Training.Sweeps;

namespace Stepsize.Web.Figures.Theory;

/// <summary>Which rule of the documents an optimizer is.</summary>
internal enum PlainKind
{
    /// <summary>A stepsize that is given beforehand.</summary>
    Given,
    AdaGradNorm,
    AdaLoss,
}

/// <summary>An optimizer that multiplies the gradient by one stepsize, x ← x − η_t g, with the options that the documents' statements are about.</summary>
/// <param name="Eta">η.</param>
internal sealed record PlainRule(PlainKind Kind, double Eta)
{
    /// <returns>Null for optimizers with momentum, with several stepsizes, or with weight decay.</returns>
    public static PlainRule? Of(OptimizerGrid grid)
    {
        var options = grid.Options;
        if (!options.Values.ContainsKey("eta") || (options.Values.ContainsKey("weight_decay") && options.Number("weight_decay") != 0))
        {
            return null;
        }

        var eta = options.Number("eta");
        return grid.Optimizer.Id switch
        {
            "sgd-constant" or "sgd-decaysqrt" or "gd-linesearch" => new PlainRule(PlainKind.Given, eta),
            "adagrad-norm" when options.Choice("granularity") == "global" => new PlainRule(PlainKind.AdaGradNorm, eta),
            "adaloss" => new PlainRule(
                options.Number("alpha") == 2 && options.Number("c") == 0 && !options.Flag("theorem3") ? PlainKind.AdaLoss : PlainKind.Given, eta),
            _ => null,
        };
    }
}
