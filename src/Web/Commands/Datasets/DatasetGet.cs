using System.CommandLine;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Acquisition;

namespace Stepsize.Web.Commands.Datasets;

/// <summary><c>datasets get</c>: fetches a dataset from its public sources.</summary>
internal static class DatasetGet
{
    public static Command Create()
    {
        var id = DatasetCommand.Id("Which one; \"datasets list\" names them.");
        var command = new Command("get", "Fetches a dataset from its public sources into the data folder; goes on where an earlier attempt stopped.")
        {
            id, CommandOptions.Data,
        };
        command.SetAction((parsed, _) => RunAsync(DatasetCommand.Find(parsed.GetRequiredValue(id)), DatasetCommand.Target(parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Dataset dataset, string root)
    {
        if (dataset.Locate(new DatasetFolders([root])) is { } there)
        {
            Console.WriteLine($"{dataset.Title} is in {there.Root} already.");
            return ExitCode.Success;
        }

        using var stop = new Sweeps.StopSignal();
        Console.Error.WriteLine($"{dataset.Title}: {dataset.Authors}; licence: {dataset.Licence}.");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.UserAgent.ParseAdd("stepsize-dashboard");
        try
        {
            var located = await AcquisitionDisplay.RunAsync(
                progress => new DatasetDownloader(http, TimeProvider.System).GetAsync(dataset, root, progress, stop.Token));
            Console.WriteLine($"{dataset.Title} is in {located.Root}.");
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped; what came is kept. Run the command again to go on.");
            return ExitCode.Interrupted;
        }
    }
}
