using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Datasets.Text;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>News articles that are genuine or not, as a CSV file that a person brings: Wu, Xie, Du and Ward (2022) used one from Kaggle.</summary>
public sealed class NewsDataset : Dataset
{
    private const string FileName = "news.csv";
    private const long MaximumBytes = 512L << 20;

    public override string Id => "news";

    public override string Title => "News, genuine or fake";

    public override string Authors => "whoever made the file that you import";

    public override string Home => "https://www.kaggle.com/c/fake-news/data";

    public override string Licence => "that of the file; not redistributed with this program";

    public override string Summary => "Articles in a CSV file with the columns text and label, of two classes.";

    public override IReadOnlyList<DatasetLayout> Layouts { get; } = [new("csv", [new DatasetFile($"news/{FileName}", MaximumBytes)])];

    public override string HowToGet =>
        $"It needs an account at its source ({Home}): download a CSV file with the columns text and label, and name it {FileName}.";

    public override void Check(DatasetFolders folders) => Load(folders);

    /// <returns>All articles, and the SHA-256 of their file.</returns>
    /// <exception cref="InvalidInputException">The file is missing, or is not what it must be.</exception>
    internal (List<LabelledText> Texts, string Checksum) Load(DatasetFolders folders)
    {
        var path = Require(folders)[FileName];
        var content = BoundedFile.Read(path, MaximumBytes);
        return (NewsFile.Parse(path, content), BoundedFile.Checksum(content));
    }
}
