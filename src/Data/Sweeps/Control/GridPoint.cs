namespace Stepsize.Data.Sweeps.Control;

/// <summary>A run as its sweep's grid names it, whether or not it is stored.</summary>
/// <param name="Ordinal">Place in the grid, from 0: seed by seed, optimizer by optimizer, value by value.</param>
/// <param name="Row">Index into the specification's optimizers.</param>
public sealed record GridPoint(int Ordinal, int Row, double AxisValue, int Seed, string ConfigurationHash);
