using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>Fetches a dataset from its public sources into a data folder. What was fetched before an interruption is kept and gone on from.</summary>
/// <param name="http">Follows redirections; its timeout is that of a response's headers.</param>
/// <param name="time">For noticing a source that has stopped sending.</param>
public sealed class DatasetDownloader(HttpClient http, TimeProvider time)
{
    /// <summary>Below a data folder: files that are not complete yet.</summary>
    private const string PartsFolder = ".downloads";

    /// <param name="root">The data folder; made when it is not there.</param>
    /// <returns>What is there now.</returns>
    /// <exception cref="InvalidInputException">There is nothing to download, no source answers, or what came is not what it must be.</exception>
    public async Task<LocatedDataset> GetAsync(Dataset dataset, string root, IProgress<AcquisitionProgress>? progress, CancellationToken cancellation)
    {
        if (dataset.Downloads.Count == 0)
        {
            throw new InvalidInputException(FileFault.Field, $"{dataset.Title} cannot be downloaded. {dataset.HowToGet}");
        }

        try
        {
            var parts = Path.Combine(root, PartsFolder);
            Directory.CreateDirectory(parts);
            using var staging = new StagingFolder(root);
            foreach (var download in dataset.Downloads)
            {
                var part = new PartialFile(Path.Combine(parts, $"{dataset.Id}-{download.Name}"), download);
                await FetchAsync(part, progress, cancellation);
                await DatasetImporter.StageAsync(dataset, part.Complete(staging.Path), staging.Path, progress, cancellation);
            }

            return staging.Commit(dataset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(FileFault.Field, $"{dataset.Id} cannot be written to {root} ({e.Message}); free some space, or choose another folder with --data.");
        }
    }

    /// <summary>Tries each address in turn; what one sent is gone on from by the next, for the bytes are the same.</summary>
    private async Task FetchAsync(PartialFile part, IProgress<AcquisitionProgress>? progress, CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (var address in part.Download.Addresses)
        {
            try
            {
                await RangeRequest.FetchAsync(http, address, part, progress, time, cancellation);
                await part.VerifyAsync(cancellation);
                return;
            }
            catch (HttpRequestException e)
            {
                failures.Add($"{address}: {e.Message}");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                failures.Add($"{address}: no answer in time");
            }
            catch (InvalidInputException e) when (address != part.Download.Addresses[^1])
            {
                failures.Add($"{address}: {e.Message}");
            }
        }

        throw new InvalidInputException(
            FileFault.Field, $"{part.Download.Name} could not be fetched ({string.Join("; ", failures)}). {part.Length} of {part.Download.Bytes} bytes are kept: run the command again to go on.");
    }
}
