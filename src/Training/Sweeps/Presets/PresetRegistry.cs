namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Every preset there is. A new one is its file and a line here.</summary>
public static class PresetRegistry
{
    /// <summary>The sweep to start with.</summary>
    public const string QuickstartId = Quickstart.Id;

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
        WuFigure1.Create(),
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
        BlockNormalizedTable4.Small(),
        BlockNormalizedTable4.Create(),
        AdaLipTable2.Small(),
        AdaLipTable2.Create(),
        AirfoilPreset.Create(),
        QuadraticPreset.Create(),
    ];

    /// <summary>The preset of this id, or null.</summary>
    public static Preset? Find(string? id) => All.FirstOrDefault(p => p.Id == id);
}
