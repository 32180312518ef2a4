using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Datasets.Text;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>Sentence polarity, version 1.0 (Pang and Lee 2005): sentences of film reviews from Rotten Tomatoes.</summary>
public sealed class RottenTomatoesDataset : Dataset
{
    /// <summary>Sentences of each class.</summary>
    public const int SentencesOfClass = 5331;

    private const string Positive = "rt-polarity.pos";
    private const string Negative = "rt-polarity.neg";
    private const long MaximumBytes = 2_000_000;

    public override string Id => "rotten-tomatoes";

    public override string Title => "Rotten Tomatoes sentence polarity";

    public override string Authors => "B. Pang and L. Lee (2005)";

    public override string Home => "https://www.cs.cornell.edu/people/pabo/movie-review-data/";

    public override string Licence => "for research; not redistributed with this program";

    public override string Summary => "10,662 sentences of film reviews, half of them positive, half negative.";

    public override IReadOnlyList<DatasetLayout> Layouts { get; } =
        [new("text", [new DatasetFile($"rotten-tomatoes/{Positive}", MaximumBytes), new DatasetFile($"rotten-tomatoes/{Negative}", MaximumBytes)])];

    public override IReadOnlyList<DatasetDownload> Downloads { get; } =
    [
        DatasetDownload.Of(
            487_770,
            "a05befe52aafda71d458d188a1c54506a998b1308613ba76bbda2e5029409ce9",
            "https://www.cs.cornell.edu/people/pabo/movie-review-data/rt-polaritydata.tar.gz",
            "https://storage.googleapis.com/seldon-datasets/sentence_polarity_v1/rt-polaritydata.tar.gz"),
    ];

    public override void Check(DatasetFolders folders) => Load(folders);

    /// <summary>All sentences, the positive ones (class 1) first, and the checksums of both files by name.</summary>
    /// <exception cref="InvalidInputException">A file is missing, or is not what it must be.</exception>
    internal (List<LabelledText> Texts, IReadOnlyDictionary<string, string> Checksums) Load(DatasetFolders folders, int sentencesOfClass = SentencesOfClass)
    {
        var located = Require(folders);
        var checksums = new Dictionary<string, string>(StringComparer.Ordinal);
        var texts = new List<LabelledText>();
        foreach (var (name, label) in new[] { (Positive, 1), (Negative, 0) })
        {
            var content = BoundedFile.Read(located[name], MaximumBytes);
            texts.AddRange(PolarityFile.Parse(located[name], content, label, sentencesOfClass));
            checksums[name] = BoundedFile.Checksum(content);
        }

        return (texts, checksums);
    }
}
