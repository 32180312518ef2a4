namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Every preset there is. A new one is its file and a line here.</summary>
public static class PresetRegistry
{
    /// <summary>The sweep to start with.</summary>
    public const string QuickstartId = Quickstart.Id;

    /// <summary>Columns of the tables of residual networks on CIFAR.</summary>
    private static readonly int[] Depths = [20, 32, 44, 56, 110];

    public static IReadOnlyList<Preset> All { get; } =
    [
        Quickstart.Create(),
        WardFigure3.LogisticRegressionSmall(),
        WardFigure3.LogisticRegression(),
        WardFigure3.TwoLayers(),
        WardFigure4.Small(),
        WardFigure4.Create(),
        WardFigure6.Small(),
        WardFigure6.Create(),
        WardFigure1.Create(),
        WardFigure2.Create(),
        WardPhotographs.FixedNormalisation(),
        WardPhotographs.LearntNormalisation(),
        WardPhotographs.ImageNet(),
        WardPhotographs.Momentum(),
        WuFigure1.Create(),
        WuTable1.Create(),
        WuFigure2.Small(),
        WuFigure2.Create(),
        TwoLayerPreset.Create(),
        BlockNormalizedFigure1.Small(),
        BlockNormalizedFigure1.Layers6(),
        BlockNormalizedFigure1.Layers12(),
        BlockNormalizedFigure1.Layers18(),
        BlockNormalizedFigure3.Small(),
        BlockNormalizedFigure3.Windows40(),
        BlockNormalizedFigure3.Windows400(),
        BlockNormalizedFigure3.Windows1000(),
        .. Depths.Select(BlockNormalizedPhotographs.Cifar10),
        .. Depths.Select(BlockNormalizedPhotographs.Cifar100),
        BlockNormalizedPhotographs.ImageNet(),
        BlockNormalizedSearch.AdamOnCifar(),
        BlockNormalizedSearch.Threshold(),
        BlockNormalizedSearch.Ratio(),
        BlockNormalizedSearch.AdamOnImageNet(),
        BlockNormalizedTable4.Small(),
        BlockNormalizedTable4.Create(),
        AdaLipTables.MnistSmall(),
        AdaLipTables.Mnist(),
        AdaLipTables.Cifar10(),
        AdaLipTables.Cifar100(),
        AirfoilPreset.Create(),
        QuadraticPreset.Create(),
    ];

    /// <summary>The preset of this id, or null.</summary>
    public static Preset? Find(string? id) => All.FirstOrDefault(p => p.Id == id);
}
