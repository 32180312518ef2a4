using System.CommandLine;
using Stepsize.Data.Database;
using Stepsize.Data.Sweeps;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Web.Datasets;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Commands.Datasets;

/// <summary><c>datasets import csv</c>, <c>datasets rename</c> and <c>datasets delete</c>: people's own tables.</summary>
internal static class TableCommands
{
    public static IEnumerable<Command> Create()
    {
        var (name, to) = (new Argument<string>("TABLE") { Description = "Name of the table, such as wine.csv." }, new Argument<string>("NAME") { Description = "Its new name." });
        var rename = new Command("rename", "Gives a table of your own another name.") { name, to, CommandOptions.Data, CommandOptions.Database };
        rename.SetAction((parsed, stop) => WithDeskAsync(parsed, async desk =>
            Console.WriteLine(await desk.RenameAsync(parsed.GetRequiredValue(name), TableName.Of(parsed.GetRequiredValue(to)), stop))));
        var delete = new Command("delete", "Deletes a table of your own.") { name, CommandOptions.Data, CommandOptions.Database };
        delete.SetAction((parsed, stop) => WithDeskAsync(parsed, async desk => Console.WriteLine(await desk.DeleteAsync(parsed.GetRequiredValue(name), stop))));
        return [rename, delete];
    }

    public static Task<int> ImportAsync(ParseResult parsed, string path, TableOptions options, CancellationToken stop) => WithDeskAsync(parsed, async desk =>
    {
        AbandonedImports.Clear(desk.Folders);
        var choices = options.Choices(parsed);
        var content = OwnTables.ReadFile(path, path);
        var name = TableName.Of(parsed.GetValue(options.Name) ?? path);
        var found = OwnTables.Inspect(name, content, choices);
        TablePrinter.Print(found);
        if (found.Faults.Count > 0)
        {
            throw new InvalidInputException([.. found.Faults.Select(f => f with { Field = "--" + f.Field })]);
        }

        if (parsed.GetValue(options.Preview))
        {
            Console.WriteLine(await desk.ReplacedAsync(name, stop) ?? $"It can be imported as {name}.");
            return;
        }

        await desk.ImportAsync(name, content, choices, parsed.GetValue(options.Replace), "Give --replace to replace it, or another name with --name.", stop);
        Console.WriteLine($"{name} is in {Path.Combine(desk.Folders.Writable, OwnTables.Folder)}.");
        Console.WriteLine($"Train on it with the workload {TableText.Workload(found.Reading)} and workloadOptions {TableText.Options(name, found.Reading).ToJsonString()}");
    });

    /// <summary>With the sweeps of the database, where there is one; a program that trains them need not be stopped.</summary>
    private static async Task<int> WithDeskAsync(ParseResult parsed, Func<TableDesk, Task> act)
    {
        var settings = CommandOptions.Settings(parsed);
        var folders = DatasetFolders.Standard(settings.DataFolder);
        var database = DatabaseOptions.Parse(settings.Database);
        if (database.SqliteFile is { } file && !File.Exists(file))
        {
            await act(new TableDesk(folders, null));
            return ExitCode.Success;
        }

        await using var services = new ServiceCollection().AddStepsizeData(database).BuildServiceProvider();
        try
        {
            await act(new TableDesk(folders, services.GetRequiredService<ISweepData>()));
        }
        catch (Exception e) when (e is not InvalidInputException && DatabaseFaults.Describe(e, database) is { } sentence)
        {
            throw new InvalidInputException("--db", sentence);
        }

        return ExitCode.Success;
    }
}
