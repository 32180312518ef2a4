using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Stepsize.Browser.Tests;

/// <summary>A person's own table, from the file to the sweep.</summary>
public sealed partial class OwnTableTests(DashboardFixture dashboard) : DashboardTest(dashboard)
{
    private const string Rows = "{0}.5{2}{1}.25{2}{3}\n";

    public static TheoryData<string, byte[], string> Tables => new()
    {
        { "decimal comma", Encoding.UTF8.GetBytes(Table("x;z;y", ';').Replace('.', ',')), "Decimals are written with a comma" },
        { "same name twice", Encoding.UTF8.GetBytes(Table("x,x,y")), "are both named \"x\"" },
        { "empty rows at the end", Encoding.UTF8.GetBytes(Table("x,z,y") + ",,\n,,\n"), "2 empty rows at the end" },
        { "sep line", Encoding.UTF8.GetBytes(Table("sep=;\nx;z;y", ';')), "names the separator for Excel" },
        { "Latin-1", Encoding.Latin1.GetBytes(Table("größe,z,y")), "read as Latin-1" },
        { "no header", Encoding.UTF8.GetBytes(Table("")), "The first row holds numbers" },
        { "name with a line break", Encoding.UTF8.GetBytes(Table("\"x\n(cm)\",z,y")), "it is called \"x (cm)\" here" },
        { "trailing separator", Encoding.UTF8.GetBytes(Table("x,z,y").Replace("\n", ",\n", StringComparison.Ordinal)), "behind which nothing stands" },
        { "Unicode", Encoding.UTF8.GetBytes(Table("größe,λ₂,цель")), "цель" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Upload_WhateverIsTaken_SaysWhatWasDetectedAndFillsTheForm(string name, byte[] content, string expected)
    {
        await UploadAsync($"{name}.csv", content);
        await Expect(Page.GetByText(expected).First).ToBeVisibleAsync();
        await Expect(Page.GetByText("40 rows, 3 columns")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Train on it" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" })).ToBeEnabledAsync();
        await Expect(Page.GetByLabel("Specification as JSON")).ToHaveValueAsync(new Regex(Regex.Escape($"\"file\": \"{name.Replace(' ', '-')}.csv\"")));
    }

    [Theory]
    [InlineData("1.0,,3.0", "there is no value")]
    [InlineData("1e300,1,3", "1e300 is beyond")]
    public async Task Upload_WhatCannotBeTrained_IsRefusedUntilItIsChosen(string row, string expected)
    {
        await UploadAsync("faulty.csv", Encoding.UTF8.GetBytes(Table("x,z,y") + row + "\n"));
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = expected })).ToBeVisibleAsync();
        var import = Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true });
        await Expect(import).ToBeDisabledAsync();
        if (row.Contains(",,", StringComparison.Ordinal))
        {
            await Page.GetByLabel("Missing cells").SelectOptionAsync("drop");
            await Expect(Page.GetByText("1 row with missing cells is left out, 40 are left.")).ToBeVisibleAsync();
        }
        else
        {
            await Page.GetByLabel("Learn from x").UncheckAsync();
        }

        await Expect(import).ToBeEnabledAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Do not import" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Datasets", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Table_TrainedReplacedAndTrainedAgain_HasAnotherChecksum()
    {
        var first = await ImportAndTrainAsync(Table("x,z,y"));
        await UploadAsync("mine.csv", Encoding.UTF8.GetBytes(Table("x,z,y", factor: -3)));
        await Expect(Page.GetByText("There is a table mine.csv already")).ToContainTextAsync("uses it");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Replace mine.csv" }).ClickAsync();
        await Expect(Page.GetByText("mine.csv was imported")).ToBeVisibleAsync();
        var second = await TrainAsync();
        Assert.NotEqual(first, second);

        await Page.GotoAsync("/datasets#own");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Rename mine.csv" }).ClickAsync();
        await Page.GetByLabel("New name of mine.csv").FillAsync("our data");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Rename", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("mine.csv is called our-data.csv now.")).ToContainTextAsync("their results stay");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Delete our-data.csv" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Expect(Page.GetByText("our-data.csv was deleted.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Form_WithoutATable_CannotBeStarted()
    {
        await Page.GotoAsync("/sweeps/new");
        await Page.GetByLabel("Workload", new() { Exact = true }).SelectOptionAsync("Logistic regression on your own table");
        await Expect(Page.GetByText("there is no table table.csv here").First).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" })).ToBeDisabledAsync();
    }

    private static string Table(string header, char separator = ',', int factor = 2)
    {
        var text = new StringBuilder(header.Length == 0 ? "" : header + "\n");
        for (var i = 0; i < 40; i++)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, Rows, i, i % 7, separator, ((factor * i) - (i % 7)) + 0.75);
        }

        return text.ToString();
    }

    private async Task UploadAsync(string file, byte[] content)
    {
        await Page.GotoAsync("/datasets");
        await Expect(Page.GetByLabel("Add a table")).ToBeEnabledAsync();
        await Page.GetByLabel("Add a table").SetInputFilesAsync(new FilePayload { Name = file, MimeType = "text/csv", Buffer = content });
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = $"Import {file}" })).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Separator")).ToBeEnabledAsync();
    }

    private async Task<string> ImportAndTrainAsync(string content)
    {
        await UploadAsync("mine.csv", Encoding.UTF8.GetBytes(content));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("mine.csv was imported")).ToBeVisibleAsync();
        return await TrainAsync();
    }

    /// <returns>The checksum that a run names, the same that the import said.</returns>
    private async Task<string> TrainAsync()
    {
        var said = Checksum().Match(await Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "was imported" }).InnerTextAsync()).Value;
        await Page.GetByRole(AriaRole.Link, new() { Name = "Train on it" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start the sweep" }).ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("SGD constant.*test loss") }).First.ClickAsync();
        await Expect(Page.GetByText(said)).ToBeVisibleAsync();
        return said;
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Checksum();
}
