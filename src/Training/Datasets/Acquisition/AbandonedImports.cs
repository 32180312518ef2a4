using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Datasets.Weights;

namespace Stepsize.Training.Datasets.Acquisition;

/// <summary>What imports that were killed left in a data folder.</summary>
public static class AbandonedImports
{
    /// <summary>Deletes it; what another program brings in right now is left alone. Never fails: what cannot be deleted stays.</summary>
    /// <returns>How many files and folders were deleted.</returns>
    public static int Clear(DatasetFolders folders)
    {
        try
        {
            string[] places = [folders.Writable, Path.Combine(folders.Writable, OwnTables.Folder), Path.Combine(folders.Writable, PretrainedWeights.Folder)];
            return places.Sum(StagingLock.ClearAbandoned);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
