using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>What a file is as a table, before it is imported: what a preview shows.</summary>
/// <param name="Name">It will have.</param>
/// <param name="Reading">Choices made and detected, and what they find.</param>
/// <param name="FirstRows">The first rows of values, as they are written.</param>
/// <param name="Remarks">What was detected and what becomes of it, a sentence each.</param>
/// <param name="Faults">Why it cannot be imported like this; empty where it can.</param>
public sealed record TableInspection(
    string Name, TableReading Reading, IReadOnlyList<TableCellRow> FirstRows, IReadOnlyList<string> Remarks, IReadOnlyList<Fault> Faults);

/// <summary>A row of a preview.</summary>
/// <param name="Line">Of the file, counted from 1.</param>
public sealed record TableCellRow(int Line, IReadOnlyList<string> Cells);
