using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Stepsize.Web.Commands;

/// <summary>A command that lists what there is: a table for people, JSON for programs.</summary>
internal static class ListCommand
{
    /// <param name="columns">Headings of the table.</param>
    /// <param name="row">An item's cells, as many as there are columns.</param>
    /// <param name="after">Writes what people are told below the table.</param>
    public static Command Create<T>(
        string name, string description, Func<ParseResult, IEnumerable<T>> items, string[] columns, Func<T, string[]> row, Func<T, JsonObject> json,
        Action<ParseResult>? after = null)
    {
        var command = new Command(name, description) { CommandOptions.Json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(CommandOptions.Json))
            {
                Console.WriteLine(JsonText.Of(new JsonArray([.. items(parsed).Select(json)])));
            }
            else
            {
                Write(items(parsed), columns, row);
                after?.Invoke(parsed);
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The table alone.</summary>
    public static void Write<T>(IEnumerable<T> items, string[] columns, Func<T, string[]> row)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column));
        }

        table.Columns[0].NoWrap();
        foreach (var item in items)
        {
            table.AddRow([.. row(item).Select(Markup.Escape)]);
        }

        Terminal.Output.Write(table);
    }
}
