using System.Text;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Tests.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Datasets;

public sealed class OwnTablesTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public static TheoryData<string, byte[]> Tables => new()
    {
        { "plain", OwnTableFiles.Plain() },
        { "decimal commas", OwnTableFiles.Plain("x1;x2;y", point: ',', separator: ';') },
        { "sep line", OwnTableFiles.Plain("sep=;\nx1;x2;y", separator: ';') },
        { "name with a line break and a comma", OwnTableFiles.Plain("\"x1,\n(cm)\",x2,y") },
        { "twice", OwnTableFiles.Plain("x,x,y") },
        { "without a name", OwnTableFiles.Plain(",x2,y") },
        { "trailing", Encoding.UTF8.GetBytes(OwnTableFiles.Text("x1,x2,y,", lineEnd: ",")) },
        { "empty rows", OwnTableFiles.Plain(tail: ",,\n,,\n") },
        { "no header", OwnTableFiles.Plain(header: "") },
        { "Latin-1", Encoding.Latin1.GetBytes(OwnTableFiles.Text("größe,x2,y")) },
        { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(OwnTableFiles.Text("größe,λ₂,y"))] },
        { "missing", OwnTableFiles.Plain(tail: "1.0,,3.0\n,2,1\n") },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Import_WhateverIsTaken_IsTrainedToTheSameRelation(string name, byte[] content)
    {
        var imported = Import("mine.csv", content, new TableChoices { Missing = MissingCells.Drop });
        var recorder = await WorkloadRuns.TrainAsync(
            """
            { "name": "own", "workload": "csv-linear", "workloadOptions": { "file": "mine.csv", "trainRows": 48, "testRows": 12 }, "epochs": 80, "seeds": [0],
              "optimizers": [ { "id": "sgd-constant", "values": [2] } ] }
            """,
            _folder.Folders);
        Assert.True(recorder.Evaluations(0)[^1].Evaluation.TestLoss < 1e-10, name);
        Assert.Equal(imported.Reading.Checksum, recorder.Provenance[0].DataChecksums["mine.csv"]);
        Assert.Equal(OwnTableFiles.Rows, imported.Reading.UsableRows);
    }

    [Fact]
    public async Task Train_OtherReadingOfTheSameFile_HasAnotherProvenance()
    {
        var content = OwnTableFiles.Plain(tail: "1.0,,3.0\n");
        Import("mine.csv", content, new TableChoices { Missing = MissingCells.Drop });
        var dropped = await ChecksumsAsync();
        Import("mine.csv", content, new TableChoices { Missing = MissingCells.Mean }, replace: true);
        var mean = await ChecksumsAsync();
        Assert.Equal(dropped["mine.csv"], mean["mine.csv"]);
        Assert.NotEqual(dropped["mine.csv as it is read"], mean["mine.csv as it is read"]);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder.Path, OwnTables.Folder)).Length);
    }

    [Fact]
    public void Load_TextColumn_IsOneHotInTheOrderOfItsValues()
    {
        var text = "colour,x,y\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{(i % 3 == 0 ? "red" : i % 3 == 1 ? "blue" : "")},{i},{i % 2}\n"));
        Import("mine.csv", Encoding.UTF8.GetBytes(text), new TableChoices { Missing = MissingCells.Mean });
        var (source, reading) = OwnTables.Open(_folder.Folders, "mine.csv");
        var table = CsvTable.Load(source, reading, TableCheck.Check(reading, null, null, new FaultList(), "")!);
        Assert.Equal(["colour = blue", "colour = red", "x"], table.Features.Columns);
        Assert.Equal([0, 1, 0, 1, 0, 1, 0, 0, 2], table.Features.Values[..9]);
        Assert.Equal(["0", "1", "0"], table.Targets[..3]);
    }

    [Fact]
    public void Completed_MissingNumbers_AreTheMeanOfTheTrainingRows()
    {
        var table = new NumberTable(["a", "b"], [1, double.NaN, 3, 10, double.NaN, 1000]);
        Assert.Equal([1, 10, 3, 10, 2, 1000], table.Completed(2).Values);
    }

    [Fact]
    public void Standardised_TinyNumbers_AreNotZeros()
    {
        var table = new NumberTable(["a"], [1e-200, 3e-200, 1e-200, 3e-200]).Standardised(4);
        Assert.All(table.Values, (v, i) => Assert.Equal(i % 2 == 0 ? -1 : 1, v, 1e-12));
    }

    [Theory]
    [InlineData("my data (1).csv", "my-data-1.csv")]
    [InlineData("C:\\tables\\wine.CSV", "wine.csv")]
    [InlineData("../../etc/passwd", "passwd.csv")]
    [InlineData("wine.tsv.gz", "wine.csv")]
    [InlineData("größe данные.txt", "größe-данные.csv")]
    [InlineData("(.).csv", "table.csv")]
    [InlineData(".hidden.csv", "hidden.csv")]
    public void TableName_OfAFile_IsCleanedAndNotRefused(string file, string expected)
    {
        Assert.Equal(expected, TableName.Of(file));
        TableName.Require(expected, "name");
    }

    [Fact]
    public void Import_NameThatIsTaken_ChangesNothingUnlessToldTo()
    {
        var first = Import("mine.csv", OwnTableFiles.Plain());
        var error = Assert.Throws<InvalidInputException>(() => Import("mine.csv", OwnTableFiles.Plain(header: "a,b,c")));
        Assert.Contains("already", error.Message, StringComparison.Ordinal);
        Assert.Equal(first.Reading.Checksum, OwnTables.Describe(_folder.Folders, "mine.csv").Checksum);
        var second = Import("mine.csv", OwnTableFiles.Plain(header: "a,b,c"), replace: true);
        Assert.Equal(second.Reading.Checksum, OwnTables.Describe(_folder.Folders, "mine.csv").Checksum);
        Assert.NotEqual(first.Reading.Checksum, second.Reading.Checksum);
    }

    [Fact]
    public void Rename_AndDelete_TakeTheReadingWithThem()
    {
        Import("mine.csv", OwnTableFiles.Plain(), new TableChoices { Target = "x1" });
        OwnTables.Rename(_folder.Folders, "mine.csv", "yours.csv");
        Assert.Equal(["yours.csv"], OwnTables.Names(_folder.Folders));
        Assert.Equal("x1", OwnTables.Describe(_folder.Folders, "yours.csv").Target);
        Assert.Throws<InvalidInputException>(() => OwnTables.Rename(_folder.Folders, "yours.csv", "../x.csv"));
        Assert.Throws<InvalidInputException>(() => OwnTables.Rename(_folder.Folders, "mine.csv", "other.csv"));
        OwnTables.Delete(_folder.Folders, "yours.csv");
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.Path, OwnTables.Folder)));
    }

    [Fact]
    public void ReadFile_WhatCannotBeRead_IsSaidWithoutWhereItLies()
    {
        var path = _folder.Write("secret/mine.csv.gz", [0x1F, 0x8B, 8, 0, 1, 2, 3]);
        var error = Assert.Throws<InvalidInputException>(() => OwnTables.ReadFile(path, "mine.csv.gz"));
        Assert.StartsWith("table: mine.csv.gz cannot be used", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("original", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NamedPipe_IsRefusedAtOnce()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes are told from files on Linux.");
        var pipe = Path.Combine(_folder.Path, "pipe.csv");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("is a named pipe", Assert.Throws<InvalidInputException>(() => OwnTables.ReadFile(pipe, "pipe.csv")).Message, StringComparison.Ordinal);
        var dataset = await Assert.ThrowsAsync<InvalidInputException>(() => DatasetImporter.ImportAsync(new SmallDataset([]), pipe, _folder.Path, null, CancellationToken.None));
        Assert.Contains("is a named pipe; give a regular file or a folder", dataset.Message, StringComparison.Ordinal);
        Assert.Contains("is a device", Assert.Throws<InvalidInputException>(() => OwnTables.ReadFile("/dev/zero", "zero.csv")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AbandonedImports_OfKilledPrograms_AreClearedAndNoOthers()
    {
        var tables = Directory.CreateDirectory(Path.Combine(_folder.Path, OwnTables.Folder)).FullName;
        _folder.Write(".incoming-0123/half", "a");
        _folder.Write("tables/.incoming-4567/table", "a");
        _folder.Write("tables/.incoming-89ab.lock", "");
        _folder.Write("weights/.incoming-cdef", "a");
        using var used = StagingLock.Take(tables);
        Directory.CreateDirectory(used.Path);
        Assert.Equal(4, AbandonedImports.Clear(_folder.Folders));
        Assert.Equal([used.Path, used.Path + ".lock"], Directory.GetFileSystemEntries(tables).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder.Path, PretrainedWeights.Folder)));
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    public void Dispose() => _folder.Dispose();

    private TableInspection Import(string name, byte[] content, TableChoices? choices = null, bool replace = false) =>
        OwnTables.Import(name, content, choices ?? new TableChoices(), _folder.Path, replace);

    private async Task<IReadOnlyDictionary<string, string>> ChecksumsAsync()
    {
        var recorder = await WorkloadRuns.TrainAsync(
            """
            { "name": "own", "workload": "csv-linear", "workloadOptions": { "file": "mine.csv", "trainRows": 48, "testRows": 12 }, "iterations": 3,
              "optimizers": [ { "id": "sgd-constant", "values": [2] } ] }
            """,
            _folder.Folders);
        return recorder.Provenance[0].DataChecksums;
    }
}
