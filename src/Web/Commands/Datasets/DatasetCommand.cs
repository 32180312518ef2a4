using System.CommandLine;
using Stepsize.Training.Datasets;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Commands.Datasets;

/// <summary><c>datasets</c>: lists what there is, fetches it, or brings in what a person has.</summary>
internal static class DatasetCommand
{
    public static Command Create()
    {
        var command = DatasetList.Create("datasets");
        command.Add(DatasetList.Create("list"));
        command.Add(DatasetGet.Create());
        command.Add(DatasetImport.Create());
        command.Add(WeightCommands.CreateList());
        foreach (var own in TableCommands.Create())
        {
            command.Add(own);
        }

        return command;
    }

    public static Argument<string> Id(string description) => new("DATASET") { Description = description };

    /// <summary>The folder that datasets go to: the setting's, which must be there, or the default one, which is made.</summary>
    public static string Target(ParseResult parsed) => DatasetFolders.Standard(CommandOptions.Settings(parsed).DataFolder).Writable;

    /// <exception cref="InvalidInputException">There is no such dataset; names those that there are.</exception>
    public static Dataset Find(string id) => DatasetRegistry.Find(id) ?? throw new InvalidInputException(
        "DATASET", $"\"{id}\" is unknown; allowed: {string.Join(", ", DatasetRegistry.All.Select(d => d.Id))}.");
}
