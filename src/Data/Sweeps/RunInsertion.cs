using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Stepsize.Data.Database;
using Stepsize.Training.Sweeps;

namespace Stepsize.Data.Sweeps;

/// <summary>
/// Inserts a queued run for every point of a grid with one prepared command: ten times as fast as through the change tracker, which matters to a person
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
    /// <param name="planned">Iterations of each run.</param>
    public static async Task AddAsync(StepsizeContext context, long sweepId, SweepSpecification specification, int planned, CancellationToken cancellation)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = Sql;
        Add(command, "@sweep", sweepId);
        Add(command, "@status", nameof(RunStatus.Queued));
        Add(command, "@planned", planned);
        var ordinal = Add(command, "@ordinal", 0);
        var row = Add(command, "@row", 0);
        var value = Add(command, "@value", 0.0);
        var seed = Add(command, "@seed", 0);
        var hash = Add(command, "@hash", "");
        await command.PrepareAsync(cancellation);
        var rows = specification.Optimizers.SelectMany((grid, index) => Enumerable.Repeat(index, grid.Values.Count)).ToArray();
        foreach (var (index, configuration) in specification.Expand().Index())
        {
            ordinal.Value = index;
            row.Value = rows[index % rows.Length];
            value.Value = configuration.AxisValue;
            seed.Value = configuration.Seed;
            hash.Value = configuration.Hash;
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
