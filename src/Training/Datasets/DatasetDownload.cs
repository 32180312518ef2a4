namespace Stepsize.Training.Datasets;

/// <summary>Something to fetch: a file of a dataset, or an archive that holds some.</summary>
/// <param name="Addresses">Public addresses of the same bytes, tried in order.</param>
/// <param name="Bytes">Exact length.</param>
/// <param name="Sha256">Of the bytes as they are sent.</param>
public sealed record DatasetDownload(IReadOnlyList<Uri> Addresses, long Bytes, string Sha256)
{
    /// <summary>Name of the file, the last part of the first address.</summary>
    public string Name => Path.GetFileName(Addresses[0].LocalPath);

    internal static DatasetDownload Of(long bytes, string sha256, params string[] addresses) => new([.. addresses.Select(a => new Uri(a))], bytes, sha256);
}
