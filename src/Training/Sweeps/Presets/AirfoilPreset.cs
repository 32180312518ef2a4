namespace Stepsize.Training.Sweeps.Presets;

/// <summary>The training of Zhang, Lipton, Li and Smola (2019), section 10.7.3, and its neighbours in the learning rate.</summary>
internal static class AirfoilPreset
{
    public static Preset Create() => new(
        "airfoil-linear",
        "Airfoil noise by linear regression",
        "Zhang, Lipton, Li and Smola (2019), section 10.7.3",
        "Two epochs in batches of ten: Adagrad at a learning rate of 0.1 reaches a loss of about 0.243.",
        ["The text shows one learning rate, 0.1; five decades around it, SGD and three seeds stand beside it here."],
        SpecificationReader.Parse(
            """
            {
              "name": "Airfoil noise by linear regression",
              "workload": "airfoil-linear",
              "optimizers": [
                { "id": "adagrad-coordinate", "axis": "lr", "values": [0.001, 0.01, 0.1, 1, 10], "options": { "epsilon_inside": true } },
                { "id": "sgd-momentum",       "axis": "lr", "values": [0.001, 0.01, 0.1, 1, 10], "options": { "momentum": 0 } }
              ],
              "seeds": [0, 1, 2],
              "batchSize": 10,
              "epochs": 2,
              "evaluateAtEpochs": [1, 2]
            }
            """));
}
