using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Tables;
using Stepsize.Training.Faults;
using Stepsize.Training.Options;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Tests;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Web.Tests.Fuzzing;

/// <summary>Whatever bytes are imported as a table: they are refused in a few sentences, or trained on. The cases are the same at every run.</summary>
public sealed class TableFuzzTests : IDisposable
{
    private const ulong Seed = 20261128;
    private const int Tables = 1000;
    private const int Dialects = 200;
    private const int Size = 30;
    private const int MostFaults = 101;

    private readonly string _folder = Directory.CreateTempSubdirectory("stepsize-tables-").FullName;

    [Fact]
    public void Tables_Generated_AreRefusedOrCanBeTrainedOn()
    {
        var folders = new DatasetFolders([_folder]);
        var (imported, refused) = (0, 0);
        foreach (var content in TableTexts.All.Sample(Tables, new Rnd(Seed), Size))
        {
            var faults = InGoodTime.Run(() => Inspect(content), () => Shown(content));
            if (faults is not null)
            {
                refused++;
                Assert.InRange(faults.Count, 1, MostFaults);
                Assert.All(faults, f => Assert.DoesNotContain(_folder, f.Message, StringComparison.Ordinal));
                continue;
            }

            imported++;
            OwnTables.Import("table.csv", content, new TableChoices(), _folder, replace: true);
            var reading = OwnTables.Describe(folders, "table.csv");
            var workload = WorkloadRegistry.Find(reading.Column(reading.Target)!.Kind == ColumnKind.Number ? "csv-linear" : "csv-logreg")!;
            var rows = reading.UsableRows;
            var options = Options(workload, $$"""{ "file": "table.csv", "trainRows": {{rows - 1}}, "testRows": 1 }""");
            var problem = workload.Prepare(options, folders);
            Assert.Equal(rows - 1, problem.TrainingExamples);
            Assert.True(problem.DataChecksums.Count > 0, Shown(content));
        }

        // The texts try both: otherwise the grammar would say nothing.
        Assert.InRange(imported, Tables / 20, Tables);
        Assert.InRange(refused, Tables / 4, Tables);
    }

    /// <summary>Numbers written in a dialect and read with what it is called are the same numbers; what is detected is right wherever it can only be one thing.</summary>
    [Fact]
    public void Tables_InAnyDialect_HoldTheNumbersThatWereWritten()
    {
        var random = new Random(20261128);
        for (var i = 0; i < Dialects; i++)
        {
            var point = random.Next(2) == 0 ? '.' : ',';
            var separator = point == ',' ? ";\t|"[random.Next(3)] : ",;\t|"[random.Next(4)];
            char? thousands = random.Next(3) == 0 ? (point == '.' ? separator == ',' ? ' ' : ',' : '.') : null;
            var header = random.Next(4) > 0;
            var (columns, rows) = (random.Next(2, 6), random.Next(12, 40));
            var values = Enumerable.Range(0, rows * columns).Select(_ => Math.Round((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(1, 7)), 3)).ToArray();
            var format = new NumberFormatInfo { NumberDecimalSeparator = point.ToString(), NumberGroupSeparator = thousands?.ToString() ?? " " };
            var text = new StringBuilder(header ? string.Join(separator, Enumerable.Range(1, columns).Select(c => $"name {c}")) + "\n" : "");
            foreach (var row in values.Chunk(columns))
            {
                text.AppendJoin(separator, row.Select(v => v.ToString(thousands is null ? "0.000" : "#,##0.000", format))).Append('\n');
            }

            var content = Encoding.UTF8.GetBytes(text.ToString());
            foreach (var choices in new[] { new TableChoices(), new TableChoices { Separator = separator, Decimal = point, Thousands = thousands ?? TableChoices.None, HasHeader = header } })
            {
                var inspection = OwnTables.Inspect("table.csv", content, choices);
                Assert.True(inspection.Faults.Count == 0, $"{string.Join(' ', inspection.Faults.Select(f => f.Message))}\n{text}");
                Assert.Equal((rows, columns, header), (inspection.Reading.Rows, inspection.Reading.Columns.Count, inspection.Reading.Format.HasHeader));
                Assert.Equal((separator, point), (inspection.Reading.Format.Separator, inspection.Reading.Format.Decimal));
                Assert.Equal(Extremes(values, columns), inspection.Reading.Columns.Select(c => (c.Smallest, c.Largest)));
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <returns>Null where it can be imported.</returns>
    private static IReadOnlyList<Fault>? Inspect(byte[] content)
    {
        try
        {
            var inspection = OwnTables.Inspect("table.csv", content, new TableChoices());
            return inspection.Faults.Count == 0 ? null : inspection.Faults;
        }
        catch (InvalidInputException e)
        {
            return e.Faults;
        }
    }

    private static OptionSet Options(Workload workload, string json) => SpecificationReader
        .Parse($$"""{ "name": "f", "workload": "{{workload.Id}}", "workloadOptions": {{json}}, "batchSize": 1, "iterations": 1, "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }""")
        .WorkloadOptions;

    private static IEnumerable<(double?, double?)> Extremes(double[] values, int columns) => Enumerable.Range(0, columns)
        .Select(c => values.Where((_, i) => i % columns == c).ToArray()).Select(v => ((double?)v.Min(), (double?)v.Max()));

    private static string Shown(byte[] content) => string.Create(CultureInfo.InvariantCulture, $"{content.Length} bytes: {Convert.ToBase64String(content.AsSpan(0, Math.Min(content.Length, 600)))}");
}
