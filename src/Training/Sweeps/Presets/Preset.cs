namespace Stepsize.Training.Sweeps.Presets;

/// <summary>A published experiment, or a part of one, as a sweep that is ready to run.</summary>
/// <param name="Id">Such as <c>ward-fig3-logreg</c>: never changes once published.</param>
/// <param name="Title">What the form and the lists show.</param>
/// <param name="Source">Authors, year and figure or table.</param>
/// <param name="Summary">What it shows, in a sentence or two.</param>
/// <param name="Differences">Where the sweep departs from the source, one sentence each; empty where it does not.</param>
/// <param name="Specification">The sweep, checked.</param>
public sealed record Preset(
    string Id, string Title, string Source, string Summary, IReadOnlyList<string> Differences, SweepSpecification Specification);
