using System.CommandLine;
using Spectre.Console;
using Stepsize.Data.Database;
using Stepsize.Training.Faults;
using Stepsize.Training.Papers.Comparison;
using Stepsize.Training.Papers.Protocols;
using Stepsize.Web.Api.Papers;
using Stepsize.Web.Views.Papers;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Commands;

/// <summary><c>papers</c>: the published tables, and beside them what the runs of a database gave.</summary>
internal static class PaperList
{
    private static readonly Option<string?> Database = new("--db")
    {
        Description = "SQLite file or PostgreSQL connection string of a dashboard: its runs are compared with the tables.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("papers", "Lists the published tables and, with --db, what was reproduced of them.") { CommandOptions.Json, Database, PaperReport.Create() };
        command.SetAction(async (parsed, cancellation) =>
        {
            var comparisons = parsed.GetValue(Database) is { } database ? await CompareAsync(database, cancellation) : null;
            if (parsed.GetValue(CommandOptions.Json))
            {
                Console.WriteLine(JsonText.Of(PaperJson.Of(comparisons)));
            }
            else
            {
                Write(comparisons);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<IReadOnlyList<TableComparison>> CompareAsync(string database, CancellationToken cancellation)
    {
        var options = DatabaseOptions.Parse(database);
        if (options.SqliteFile is { } file && !File.Exists(file))
        {
            throw new InvalidInputException("db", $"there is no database {file}; name the file of a dashboard, or leave --db out to list the tables alone.");
        }

        await using var services = new ServiceCollection().AddStepsizeData(options).AddSingleton<StoredRunReader>().BuildServiceProvider();
        await services.GetRequiredService<DatabaseSetup>().OpenAsync(cancellation);
        var runs = await services.GetRequiredService<StoredRunReader>().ReadAsync(cancellation);
        return [.. ProtocolRegistry.All.Select(p => TableComparison.Of(p, runs))];
    }

    private static void Write(IReadOnlyList<TableComparison>? comparisons)
    {
        var table = new Table().Border(TableBorder.Simple);
        string[] headings = ["table", "what", "where", "paper", "cells", .. comparisons is null ? [] : VerdictText.All.Select(VerdictText.Of)];
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(heading));
        }

        table.Columns[0].NoWrap();
        foreach (var protocol in ProtocolRegistry.All)
        {
            var published = protocol.Table;
            var comparison = comparisons?.Single(c => c.Table.Id == published.Id);
            string[] row =
            [
                published.Id, published.Title, published.Label, published.Paper.Citation, $"{published.CellCount}",
                .. comparison is null ? [] : VerdictText.All.Select(v => $"{comparison.Count(v)}"),
            ];
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        Terminal.Output.Write(table);
    }
}
