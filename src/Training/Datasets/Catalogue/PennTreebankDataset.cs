using Stepsize.Training.Datasets.Reading;
using Stepsize.Training.Datasets.Text;
using Stepsize.Training.Faults;

namespace Stepsize.Training.Datasets.Catalogue;

/// <summary>The Penn Treebank's Wall Street Journal text, with 10,000 words, as T. Mikolov prepared it for language models.</summary>
public sealed class PennTreebankDataset : Dataset
{
    public const string Train = "ptb.train.txt";
    public const string Validation = "ptb.valid.txt";
    public const string Test = "ptb.test.txt";

    private static readonly DatasetFile TrainFile = new($"ptb/{Train}", 8_000_000);
    private static readonly DatasetFile ValidationFile = new(
        $"ptb/{Validation}", 1_000_000, "c9fe6985fe0d4ccb578183407d7668fc6066c20700cb4cf87d8ff1cc34df1bf2");

    private static readonly DatasetFile TestFile = new(
        $"ptb/{Test}", 1_000_000, "dd65dff31e70846b2a6030a87482edcd5d199130cdcfa1f3dccbb033728deee0");

    public override string Id => "ptb";

    public override string Title => "Penn Treebank, words";

    public override string Authors => "M. Marcus, B. Santorini and M. Marcinkiewicz (1993); prepared by T. Mikolov";

    public override string Home => "https://catalog.ldc.upenn.edu/LDC99T42";

    public override string Licence => "Linguistic Data Consortium; not redistributed with this program";

    public override string Summary => "About 930,000 words for training, 74,000 and 82,000 for validation and test, of a vocabulary of 10,000.";

    public override IReadOnlyList<DatasetLayout> Layouts { get; } =
    [
        new("text", [TrainFile, ValidationFile, TestFile]),
        new("without the training part", [ValidationFile, TestFile]),
    ];

    public override string HowToGet =>
        "Its licence does not allow this program to fetch it: take the three files from a copy that your institution licenses, in Mikolov's preparation (simple-examples).";

    public override void Check(DatasetFolders folders)
    {
        foreach (var file in Require(folders).Layout.Files)
        {
            LoadPart(folders, file.Name);
        }
    }

    /// <summary>Words of one part in order, and the SHA-256 of its file.</summary>
    /// <param name="name">Such as <see cref="Validation"/>.</param>
    /// <exception cref="InvalidInputException">The file is missing, or is not what it must be.</exception>
    internal (List<string> Words, string Checksum) LoadPart(DatasetFolders folders, string name)
    {
        var located = Require(folders);
        if (located.Layout.Files.FirstOrDefault(f => f.Name == name) is not { } file)
        {
            throw new InvalidInputException(
                FileFault.Field, $"{located.Root} holds the Penn Treebank without {name}; add the file as ptb/{name}, or choose a part that is there.");
        }

        var path = located[name];
        var content = BoundedFile.Read(path, file.MaximumBytes);
        var words = WordStream.Parse(path, content);
        var checksum = BoundedFile.Checksum(content);
        return file.Sha256 is null || file.Sha256 == checksum
            ? (words, checksum)
            : throw FileFault.At(path, 0, $"the SHA-256 of its content is {checksum}, that of the original {file.Sha256}");
    }
}
