namespace Stepsize.Training.Robustness;

/// <summary>How sure the statistics of a row are, by bootstrap over seeds; each is null where a draw has no such number.</summary>
/// <param name="Best">Of the best score.</param>
/// <param name="Area">Of the area.</param>
/// <param name="Width">Decades against the best of all rows; a draw in which the row is not within the tolerance has 0.</param>
/// <param name="OwnWidth">Decades against the row's own best.</param>
public sealed record RowIntervals(BootstrapInterval? Best, BootstrapInterval? Area, BootstrapInterval? Width, BootstrapInterval? OwnWidth);
