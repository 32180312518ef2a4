namespace Stepsize.Data.Metrics;

/// <summary>
/// A window of one column of one run, ready to be drawn: raw points where they are few enough, else the smallest and largest value of each of equally wide
/// stretches, with the window's first and last iteration kept. NaN and ±∞ are values like others; a stretch that holds one shows it.
/// </summary>
/// <param name="Iterations">Iteration of each point.</param>
/// <param name="Minimum">Smallest value of the stretch; equal to <paramref name="Maximum"/> for raw points.</param>
/// <param name="Maximum">Largest value of the stretch.</param>
/// <param name="IsRaw">Whether every iteration of the window is a point of its own.</param>
/// <param name="FirstNonFinite">First iteration of the whole run whose value is NaN or infinite.</param>
/// <param name="Total">Iterations stored of the run.</param>
public sealed record Curve(
    IReadOnlyList<int> Iterations, IReadOnlyList<float> Minimum, IReadOnlyList<float> Maximum, bool IsRaw, int? FirstNonFinite, int Total);
