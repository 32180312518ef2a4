using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Tables;

/// <summary>What is wrong with a person's own table, and what to do: they have the only file there is, and where it lies on the server is nobody's business.</summary>
internal static class TableFault
{
    public const string Field = "table";

    /// <param name="what">A clause without a full stop.</param>
    /// <param name="remedy">A sentence that says what to do.</param>
    public static InvalidInputException Of(string table, string what, string remedy) => new(Field, $"{table} cannot be used: {what}. {remedy}");

    /// <param name="line">Counted from 1.</param>
    public static InvalidInputException AtLine(string table, long line, string what, string remedy) =>
        Of(table, FormattableString.Invariant($"in line {line}, {what}"), remedy);
}
