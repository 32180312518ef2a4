using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>NASA's airfoil self-noise measurements (Brooks, Pope and Marcolini 1989), which Zhang, Lipton, Li and Smola (2019) train on.</summary>
public sealed class AirfoilDataset : Dataset
{
    public const string FileName = "airfoil_self_noise.dat";

    /// <summary>Of the file without carriage returns: copies with either kind of line ends are in circulation.</summary>
    private const string Sha256 = "10ee06e6cfb27dae6b44213d421d217012fb1f9b697592e73a4e4016b52d425f";

    public override string Id => "airfoil";

    public override string Title => "Airfoil self-noise";

    public override string Authors => "T. Brooks, D. Pope and M. Marcolini (1989), NASA; UCI Machine Learning Repository";

    public override string Home => "https://archive.ics.uci.edu/dataset/291/airfoil+self+noise";

    public override string Licence => "CC BY 4.0";

    public override string Summary => "1503 measurements of five quantities and the sound pressure level: a small regression.";

    public override IReadOnlyList<DatasetLayout> Layouts { get; } = [new("text", [new DatasetFile(FileName, 200_000)])];

    public override string HowToGet => $"It ships with the program; {FileName} is also on the page {Home}.";

    public override bool Ships => true;

    public override void Check(DatasetFolders folders) => Load(folders);

    /// <returns>The measurements and the SHA-256 of their file, as <see cref="Sha256"/>.</returns>
    /// <exception cref="InvalidInputException">The file is missing, or is not the original.</exception>
    internal (NumberTable Table, string Checksum) Load(DatasetFolders folders)
    {
        var path = Require(folders)[FileName];
        var content = BoundedFile.Read(path, Layouts[0].Files[0].MaximumBytes);
        var table = AirfoilTable.Parse(path, content);
        var checksum = BoundedFile.Checksum([.. content.Where(b => b != (byte)'\r')]);
        return checksum == Sha256
            ? (table, checksum)
            : throw FileFault.At(path, 0, $"the SHA-256 of its content (without carriage returns) is {checksum}, that of the original {Sha256}");
    }
}
