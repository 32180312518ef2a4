using Stepsize.Training.Datasets.Catalogue;

namespace Stepsize.Training.Datasets;

/// <summary>Every dataset there is. A new one is its file and a line here.</summary>
public static class DatasetRegistry
{
    public static IReadOnlyList<Dataset> All { get; } =
    [
        new MnistDataset(),
        new FashionMnistDataset(),
        new Cifar10Dataset(),
        new Cifar100Dataset(),
        new ImageNetDataset(),
        new AirfoilDataset(),
        new RottenTomatoesDataset(),
        new PennTreebankDataset(),
        new NewsDataset(),
    ];

    /// <summary>The dataset of this id, or null.</summary>
    public static Dataset? Find(string? id) => All.FirstOrDefault(d => d.Id == id);
}
