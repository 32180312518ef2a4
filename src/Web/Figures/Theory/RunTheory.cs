using Stepsize.Web.Figures.Drawing;

namespace Stepsize.Web.Figures.Theory;

/// <summary>A statement that applies to a run, with its numbers.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Says">What it says here.</param>
/// <param name="Assumes">What it assumes, and why that holds here.</param>
/// <param name="Source">Authors, year and where in the document.</param>
public sealed record TheoryStatement(string Title, string Says, string Assumes, string Source);

/// <summary>What theory says of a run beside what it recorded. Statements whose assumptions do not hold are not among them.</summary>
/// <param name="Figures">The run's curves with the lines of the statements.</param>
public sealed record RunTheory(IReadOnlyList<LineFigure> Figures, IReadOnlyList<TheoryStatement> Statements);
