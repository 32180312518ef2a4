namespace Stepsize.Training.Sweeps.Presets;

/// <summary>The trajectories of Zhang, Lipton, Li and Smola (2019), section 10.7.</summary>
internal static class QuadraticPreset
{
    public static Preset Create() => new(
        "quadratic-2d",
        "Trajectories on a quadratic bowl",
        "Zhang, Lipton, Li and Smola (2019), section 10.7",
        "Twenty steps on f(x) = 0.1 x₁² + 2 x₂² from (−5, −2), every iterate kept: what a stepsize does, in a picture.",
        ["The text shows Adagrad with η = 0.4 and 2; gradient descent and AdaGrad-Norm over four decades stand beside it here."],
        SpecificationReader.Parse(
            """
            {
              "name": "Trajectories on a quadratic bowl",
              "workload": "quadratic-2d",
              "optimizers": [
                { "id": "adagrad-coordinate", "axis": "lr", "values": [0.4, 2], "options": { "epsilon_inside": true } },
                { "id": "sgd-constant", "values": [0.1, 1, 2.5, 10, 100, 1000] },
                { "id": "adagrad-norm", "values": [0.1, 1, 2.5, 10, 100, 1000], "options": { "eta": 2, "granularity": "global" } }
              ],
              "seeds": [0],
              "iterations": 20,
              "evaluateAtIterations": [],
              "record": "iterates"
            }
            """));
}
