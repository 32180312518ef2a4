namespace Stepsize.Web.Components.Widgets;

/// <summary>What is asked before something is done that cannot be taken back.</summary>
/// <param name="Asked">A question.</param>
/// <param name="Consequence">What would be done, and what would not.</param>
/// <param name="Yes">The button that does it, with its verb.</param>
/// <param name="No">The button that leaves everything as it is.</param>
public sealed record Question(string Asked, string Consequence, string Yes, string No);
