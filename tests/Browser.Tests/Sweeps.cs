namespace Stepsize.Browser.Tests;

/// <summary>Specifications that tests launch.</summary>
internal static class Sweeps
{
    /// <summary>Over in a moment: two optimizers by three values on a bowl.</summary>
    public const string Bowl =
        """
        { "name": "Bowl", "workload": "quadratic-2d", "iterations": 40, "evaluateAtIterations": [10],
          "optimizers": [ { "id": "sgd-constant", "values": [0.1, 1, 10] }, { "id": "adagrad-norm", "values": [0.1, 1, 10] } ] }
        """;

    /// <summary>Takes long enough to be stopped.</summary>
    public const string Long =
        """
        { "name": "Long", "workload": "mnist-fulconn2", "epochs": 200,
          "optimizers": [ { "id": "adagrad-norm", "values": [0.1, 1, 10] } ] }
        """;

    /// <summary>Takes some seconds.</summary>
    public const string Medium =
        """
        { "name": "Medium", "workload": "mnist-logreg", "workloadOptions": { "trainLimit": 20000 }, "epochs": 12,
          "optimizers": [ { "id": "adagrad-norm", "values": [0.01, 0.1, 1, 10] } ] }
        """;
}
