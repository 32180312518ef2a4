using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps.Control;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps;

/// <summary>
/// Inserts queued runs for points of a grid with one prepared command: ten times as fast as through the change tracker, which matters to a person
/// who launches the largest grids and waits.
/// </summary>
internal static class RunInsertion
{
    private const string Sql =
        """
        INSERT INTO "Runs" ("SweepId", "Ordinal", "Row", "AxisValue", "Seed", "ConfigurationHash", "Status", "Iterations", "IterationsPlanned", "Seconds")
        VALUES (@sweep, @ordinal, @row, @value, @seed, @hash, @status, 0, @planned, 0)
        """;

    /// <summary>Called inside a transaction.</summary>
    /// <param name="points">Points of the specification's grid.</param>
    public static async Task AddAsync(
        StepsizeContext context, long sweepId, SweepSpecification specification, IEnumerable<GridPoint> points, CancellationToken cancellation)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = Sql;
        Add(command, "@sweep", sweepId);
        Add(command, "@status", nameof(RunStatus.Queued));
        Add(command, "@planned", specification.IterationsPerRun(specification.Workload.Measure(specification.WorkloadOptions)));
        var ordinal = Add(command, "@ordinal", 0);
        var row = Add(command, "@row", 0);
        var value = Add(command, "@value", 0.0);
        var seed = Add(command, "@seed", 0);
        var hash = Add(command, "@hash", "");
        await command.PrepareAsync(cancellation);
        foreach (var point in points)
        {
            ordinal.Value = point.Ordinal;
            row.Value = point.Row;
            value.Value = point.AxisValue;
            seed.Value = point.Seed;
            hash.Value = point.ConfigurationHash;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static DbParameter Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
