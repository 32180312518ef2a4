using System.Data;
using System.Data.Common;

namespace Stepsize.Data.Recording;

/// <summary>
/// Commands of one transaction, each made when it is first used and then kept. The writer's few statements run for every segment of every run, on the cores that
/// also train: through Entity Framework they cost several times as much.
/// </summary>
internal sealed class Statements(DbTransaction transaction) : IAsyncDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    /// <returns>Rows changed.</returns>
    public Task<int> ExecuteAsync(string sql, params Parameter[] parameters) => Prepare(sql, parameters).ExecuteNonQueryAsync();

    /// <returns>The first row; null where there is none.</returns>
    public async Task<object[]?> ReadRowAsync(string sql, params Parameter[] parameters)
    {
        await using var reader = await Prepare(sql, parameters).ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            return null;
        }

        var row = new object[reader.FieldCount];
        reader.GetValues(row);
        return row;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }
    }

    private DbCommand Prepare(string sql, Parameter[] parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            foreach (var (name, type, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.DbType = type;
                command.Parameters.Add(parameter);
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }

        return command;
    }

    /// <summary>A value with its type, which PostgreSQL has to know even of a null.</summary>
    internal readonly record struct Parameter(string Name, DbType Type, object? Value)
    {
        public static implicit operator Parameter((string Name, long Value) p) => new(p.Name, DbType.Int64, p.Value);

        public static implicit operator Parameter((string Name, int Value) p) => new(p.Name, DbType.Int32, p.Value);

        public static implicit operator Parameter((string Name, int? Value) p) => new(p.Name, DbType.Int32, p.Value);

        public static implicit operator Parameter((string Name, double Value) p) => new(p.Name, DbType.Double, p.Value);

        public static implicit operator Parameter((string Name, double? Value) p) => new(p.Name, DbType.Double, p.Value);

        public static implicit operator Parameter((string Name, string? Value) p) => new(p.Name, DbType.String, p.Value);

        public static implicit operator Parameter((string Name, byte[]? Value) p) => new(p.Name, DbType.Binary, p.Value);
    }
}
