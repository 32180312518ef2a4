namespace Stepsize.Training.Datasets;

/// <summary>Every dataset there is. A new one is its loader and an entry here.</summary>
public static class DatasetRegistry
{
    public static IReadOnlyList<DatasetDefinition> All { get; } =
    [
        new(
            "mnist",
            "MNIST handwritten digits: 60,000 training and 10,000 test images of 28 × 28 pixels",
            "Y. LeCun and C. Cortes",
            "CC BY-SA 3.0",
            [.. Mnist.Checksums.Keys.Select(name => $"mnist/{name}.gz")]),
        new(
            "airfoil",
            "NASA airfoil self-noise: 1503 rows of five features and a sound level",
            "UCI Machine Learning Repository; T. Brooks, D. Pope and M. Marcolini",
            "CC BY 4.0",
            ["airfoil_self_noise.dat"]),
    ];
}
