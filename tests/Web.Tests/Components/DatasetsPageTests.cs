using System.Net;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Weights;
using Stepsize.Training.Workloads.Vision.Pretrained;
using Stepsize.Web.Tests.Commands;
using Stepsize.Web.Tests.Fakes;
using Stepsize.Web.Views.Text;
using Xunit;

namespace Stepsize.Web.Tests.Components;

public sealed class DatasetsPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Datasets_All_ShowLicenceAndWhetherTheyAreHere()
    {
        await using var dashboard = await FakeDashboard.StartAsync(datasets: new DatasetFolders([_folder.Path, .. DatasetFolders.Standard().Roots]));
        var html = await dashboard.Client.GetStringAsync("/datasets", TestContext.Current.CancellationToken);

        Assert.All(DatasetRegistry.All, d => Assert.Contains($"id=\"{d.Id}\"", html, StringComparison.Ordinal));
        Assert.Contains("2 of 9 are here", html, StringComparison.Ordinal);
        Assert.Contains("CC BY-SA 3.0", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Get CIFAR-10\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("aria-label=\"Get Penn", html, StringComparison.Ordinal);
        Assert.Contains("datasets import ptb PATH", html, StringComparison.Ordinal);
        Assert.Contains("href=\"datasets\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Datasets_OwnTables_ShowColumnsOrWhatIsWrong()
    {
        var tables = Directory.CreateDirectory(Path.Combine(_folder.Path, "tables")).FullName;
        await File.WriteAllTextAsync(Path.Combine(tables, "wine.csv"), "acid,sugar,<b>quality</b>\n1,2,3\n4,5,6\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(tables, "bad.csv"), "a,b\n1\n", TestContext.Current.CancellationToken);
        await using var dashboard = await FakeDashboard.StartAsync(datasets: new DatasetFolders([_folder.Path]));
        var html = await dashboard.Client.GetStringAsync("/datasets", TestContext.Current.CancellationToken);

        Assert.Contains("acid, sugar, &lt;b&gt;quality&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Line 2 has 1 cell where line 1 has 2", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>quality", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Datasets_Weights_ShowWhatTheyAreOrWhatIsWrong()
    {
        var archive = Path.Combine(_folder.Path, "<b>model.npz");
        await WeightFiles.WriteZerosAsync(archive, TestContext.Current.CancellationToken);
        var entry = await PretrainedWeights.ImportAsync(archive, "mine", WeightsTargets.All[0], _folder.Path, replace: false, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "weights", "bad.weights"), "no weights", TestContext.Current.CancellationToken);
        await using var dashboard = await FakeDashboard.StartAsync(datasets: new DatasetFolders([_folder.Path]));
        var html = await dashboard.Client.GetStringAsync("/datasets", TestContext.Current.CancellationToken);

        Assert.Contains(NumberText.Whole(21_665_664), WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains(entry.Checksum, html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;model.npz", html, StringComparison.Ordinal);
        Assert.Contains("The weights bad are damaged", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"{_folder.Path}/weights", html, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
