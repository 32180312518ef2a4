using System.Text;
using Stepsize.Training.Datasets.Catalogue;
using Stepsize.Training.Datasets.Text;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class TextFileTests
{
    [Fact]
    public void SentenceTokens_ContractionsAndMarks_AreTokensOfTheirOwn() =>
        Assert.Equal(
            ["it", "'s", "n't", "a", "film", "(", "they", "'ve", "seen", ")", ",", "is", "it", "?", "yes", "!"],
            SentenceTokens.Of("It's n't a film (they've seen), is-it? YES!"));

    [Theory]
    [InlineData("they didn't", "they,did,n't")]
    [InlineData("we'll you're I'd", "we,'ll,you,'re,i,'d")]
    [InlineData("caf\u00e9 \"quoted\"", "caf,quoted")]
    [InlineData("  ", "")]
    public void SentenceTokens_Sentence_GivesTokens(string sentence, string expected) => Assert.Equal(expected, string.Join(',', SentenceTokens.Of(sentence)));

    [Fact]
    public void Vocabulary_Texts_NumbersByFirstAppearance()
    {
        var vocabulary = Vocabulary.Of([["b", "a", "b"], ["c", "a"]]);
        Assert.Equal(4, vocabulary.Size);
        Assert.Equal([1, 2, 0, 3, 0], vocabulary.Encode(["b", "a", "never", "c"], 5));
        Assert.Equal([1, 2], vocabulary.Encode(["b", "a", "c"], 2));
        Assert.Equal([0, 0, 3, 1], vocabulary.EncodeAtEnd(["c", "b"], 4));
    }

    [Fact]
    public void Vocabulary_Limit_KeepsTheMostFrequent()
    {
        var vocabulary = Vocabulary.Of([["a", "b", "c", "c", "b"]], largest: 2);
        Assert.Equal([0, 1, 2], vocabulary.Encode(["a", "b", "c"], 3));
    }

    [Fact]
    public void PolarityFile_Latin1_IsRead()
    {
        byte[] content = [.. Encoding.Latin1.GetBytes("a na\u00efve film\nanother one")];
        var texts = PolarityFile.Parse("rt-polarity.pos", content, 1, 2);
        Assert.Equal(["a", "na", "ve", "film"], texts[0].Tokens);
        Assert.All(texts, t => Assert.Equal(1, t.Label));
        HostileFiles.Check(content, damaged => PolarityFile.Parse("rt-polarity.pos", damaged, 1, 2));
    }

    [Fact]
    public void PolarityFile_MoreLines_IsRefused() =>
        Assert.Contains(
            "line 2 (byte 2)", Assert.Throws<InvalidInputException>(() => PolarityFile.Parse("f", "a\nb\n"u8.ToArray(), 0, 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void RottenTomatoes_Folder_IsLoadedWithItsChecksums()
    {
        using var folder = new DataFolder();
        folder.Write("rotten-tomatoes/rt-polarity.pos", "good film\nfine film\n");
        folder.Write("rotten-tomatoes/rt-polarity.neg", HostileFiles.Gzip("bad film\nawful film\n"u8.ToArray()));
        var (texts, checksums) = new RottenTomatoesDataset().Load(folder.Folders, sentencesOfClass: 2);
        Assert.Equal([1, 1, 0, 0], texts.Select(t => t.Label));
        Assert.Equal(64, checksums["rt-polarity.neg"].Length);
        Assert.Throws<InvalidInputException>(() => new RottenTomatoesDataset().Check(folder.Folders));
    }

    [Fact]
    public void WordStream_Lines_EndWithAWord()
    {
        byte[] content = [.. " no it was \n <unk> N \n"u8];
        Assert.Equal(["no", "it", "was", "<eos>", "<unk>", "N", "<eos>"], WordStream.Parse("ptb.test.txt", content));
        HostileFiles.Check(content, damaged => WordStream.Parse("ptb.test.txt", damaged));
    }

    [Fact]
    public void PennTreebank_WithoutTrainingPart_SaysWhatToAdd()
    {
        using var folder = new DataFolder();
        folder.Write("ptb/ptb.valid.txt", " a b \n");
        folder.Write("ptb/ptb.test.txt", " a b \n");
        var dataset = new PennTreebankDataset();
        Assert.Contains("ptb/ptb.train.txt", Assert.Throws<InvalidInputException>(() => dataset.LoadPart(folder.Folders, PennTreebankDataset.Train)).Message, StringComparison.Ordinal);
        Assert.Contains("SHA-256", Assert.Throws<InvalidInputException>(() => dataset.LoadPart(folder.Folders, PennTreebankDataset.Test)).Message, StringComparison.Ordinal);
        folder.Write("ptb/ptb.train.txt", " a b \n");
        Assert.Equal(["a", "b", "<eos>"], dataset.LoadPart(folder.Folders, PennTreebankDataset.Train).Words);
    }

    [Fact]
    public void NewsFile_TextAndLabel_AreFoundByName()
    {
        var content = "id,Text,author,LABEL\n1,\"Fake, really!\",x,1\n2,\"Two\nlines\",y,0\n3,,z,1\n"u8.ToArray();
        var texts = NewsFile.Parse("news.csv", content);
        Assert.Equal([1, 0, 1], texts.Select(t => t.Label));
        Assert.Equal(["two", "lines"], texts[1].Tokens);
        Assert.Empty(texts[2].Tokens);
        HostileFiles.Check(content, damaged => NewsFile.Parse("news.csv", damaged));
    }

    [Theory]
    [InlineData("text,class\na,1\n", "no column \"label\"")]
    [InlineData("text,label\na,1\nb,0\nc,2\n", "line 4")]
    [InlineData("text,label\na,1\n", "1 different labels")]
    [InlineData("text,label\na\n", "1 fields where the header has 2")]
    [InlineData("text,label\na\"b,1\n", "quotation marks")]
    [InlineData("", "empty")]
    public void NewsFile_Bad_SaysWhereAndWhat(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => NewsFile.Parse("news.csv", Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void NewsFile_NotUtf8_SaysInWhichLine() =>
        Assert.Contains(
            "in line 2", Assert.Throws<InvalidInputException>(() => NewsFile.Parse("news.csv", [.. "text,label\n"u8, 0xE9, (byte)',', (byte)'1'])).Message, StringComparison.Ordinal);
}
