using Stepsize.Data.Sweeps;
using Stepsize.Training.Analysis;
using Stepsize.Training.Sweeps;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Sweeps that tests show.</summary>
internal static class Specifications
{
    /// <summary>Two optimizers, three values, two seeds, evaluated after epochs 1 and 3 of 3.</summary>
    public static SweepSpecification Small { get; } = SpecificationReader.Parse(
        """
        { "name": "Small <b>sweep</b> & more", "workload": "mnist-logreg",
          "optimizers": [ { "id": "sgd-constant", "values": [0.01, 1, 100] }, { "id": "adagrad-norm", "values": [0.01, 1, 100] } ],
          "seeds": [0, 1], "batchSize": 600, "epochs": 3, "evaluateAtEpochs": [1, 3] }
        """);

    /// <summary>As many runs as the largest published figure.</summary>
    public static SweepSpecification Large { get; } = SpecificationReader.Parse(
        """
        { "name": "Large", "workload": "linreg-stochastic",
          "optimizers": [
            { "id": "sgd-constant", "values": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25] },
            { "id": "sgd-decaysqrt", "values": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25] },
            { "id": "adagrad-coordinate", "values": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25] },
            { "id": "adaloss", "values": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25] },
            { "id": "adagrad-norm", "values": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25] } ],
          "seeds": [0, 1, 2], "batchSize": 20, "iterations": 5000 }
        """);

    public static SweepView View(SweepDetail detail, string? measure = null, string? at = null, string? statistic = null) =>
        SweepView.Of(detail, MeasureText.Parse(measure), at, RunStatistic.Parse(statistic));
}
