using System.CommandLine;
using System.Text.Json.Nodes;
using Stepsize.Training.Datasets;

namespace Stepsize.Web.Commands;

/// <summary><c>datasets</c>: what there is, and where its files were found.</summary>
internal static class DatasetList
{
    public static Command Create()
    {
        var command = ListCommand.Create(
            "datasets",
            "Lists the datasets and where their files are.",
            parsed =>
            {
                var folders = DatasetFolders.Standard(CommandOptions.Settings(parsed).DataFolder);
                return DatasetRegistry.All.Select(dataset => (Dataset: dataset, Found: dataset.Files.Select(folders.Find).ToArray()));
            },
            ["dataset", "what", "source", "licence", "files"],
            d =>
            [
                d.Dataset.Id, d.Dataset.Title, d.Dataset.Source, d.Dataset.Licence,
                string.Join('\n', d.Dataset.Files.Zip(d.Found, (file, found) => found ?? $"{file} is missing")),
            ],
            d => new JsonObject
            {
                ["id"] = d.Dataset.Id,
                ["title"] = d.Dataset.Title,
                ["source"] = d.Dataset.Source,
                ["licence"] = d.Dataset.Licence,
                ["files"] = new JsonArray([.. d.Dataset.Files.Zip(d.Found, (file, found) => new JsonObject { ["path"] = file, ["found"] = found })]),
            });
        command.Add(CommandOptions.Data);
        return command;
    }
}
