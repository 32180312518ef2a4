using System.CommandLine;
using System.Text.Json.Nodes;
using Stepsize.Training.Datasets;
using Stepsize.Web.Api.Registries;

namespace Stepsize.Web.Commands.Datasets;

/// <summary><c>datasets list</c>, and <c>datasets</c> alone: what there is, and where its files were found.</summary>
internal static class DatasetList
{
    public static Command Create(string name)
    {
        var command = ListCommand.Create(
            name,
            "Lists the datasets, their licences and where their files are.",
            Located,
            ["dataset", "what", "authors", "licence", "here"],
            d => [d.Dataset.Id, d.Dataset.Title, d.Dataset.Authors, d.Dataset.Licence, Where(d.Dataset, d.Found)],
            d => Json(d.Dataset, d.Found),
            after: WeightCommands.WriteList);
        command.Add(CommandOptions.Data);
        return command;
    }

    private static IEnumerable<(Dataset Dataset, LocatedDataset? Found)> Located(ParseResult parsed)
    {
        var folders = DatasetFolders.Standard(CommandOptions.Settings(parsed).DataFolder);
        return DatasetRegistry.All.Select(d => (d, d.Locate(folders)));
    }

    private static string Where(Dataset dataset, LocatedDataset? found) =>
        found is not null ? $"in {found.Root}"
        : dataset.Downloads.Count > 0 ? $"no: datasets get {dataset.Id}"
        : $"no: datasets import {dataset.Id} PATH";

    private static JsonObject Json(Dataset dataset, LocatedDataset? found)
    {
        var json = RegistryJson.Of(dataset, found);
        json["folder"] = found?.Root;
        json["files"] = new JsonArray([.. (found?.Layout ?? dataset.Layouts[0]).Files.Select(file => new JsonObject
        {
            ["path"] = file.Path,
            ["found"] = found is null ? null : file.FindIn(found.Root),
            ["sha256"] = file.Sha256,
        })]);
        return json;
    }
}
