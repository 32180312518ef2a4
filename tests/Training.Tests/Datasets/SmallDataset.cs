using System.Security.Cryptography;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Reading;

namespace Stepsize.Training.Tests.Datasets;

/// <summary>A dataset of two short files that must begin with the letter a.</summary>
internal sealed class SmallDataset(IReadOnlyList<DatasetDownload> downloads) : Dataset
{
    public override string Id => "small";

    public override string Title => "Small";

    public override string Authors => "nobody";

    public override string Home => "http://127.0.0.1/";

    public override string Licence => "none";

    public override string Summary => "Two files.";

    public override IReadOnlyList<DatasetLayout> Layouts { get; } = [new("text", [new DatasetFile("small/one.txt", 100_000), new DatasetFile("small/two.txt", 100_000)])];

    public override IReadOnlyList<DatasetDownload> Downloads => downloads;

    public override string HowToGet => "Write it yourself.";

    public static DatasetDownload Download(byte[] content, params string[] addresses) =>
        DatasetDownload.Of(content.Length, Convert.ToHexStringLower(SHA256.HashData(content)), addresses);

    public override void Check(DatasetFolders folders)
    {
        var located = Require(folders);
        foreach (var file in located.Layout.Files)
        {
            if (BoundedFile.Read(located[file.Name], 100_000) is not [(byte)'a', ..])
            {
                throw FileFault.At(located[file.Name], 0, "there is no letter a");
            }
        }
    }
}
