namespace Stepsize.Training.Sweeps.Presets;

/// <summary>Every preset there is. A new one is its file and a line here.</summary>
public static class PresetRegistry
{
    /// <summary>The sweep to start with.</summary>
    public const string QuickstartId = Quickstart.Id;

    public static IReadOnlyList<Preset> All { get; } =
    [
        Quickstart.Create(),
        WardFigure3.LogisticRegression(),
        WardFigure3.TwoLayers(),
        WardFigure1.Create(),
        WardFigure2.Create(),
        TwoLayerPreset.Create(),
        AirfoilPreset.Create(),
        QuadraticPreset.Create(),
    ];

    /// <summary>The preset of this id, or null.</summary>
    public static Preset? Find(string? id) => All.FirstOrDefault(p => p.Id == id);
}
