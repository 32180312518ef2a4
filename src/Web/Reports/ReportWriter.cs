using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Stepsize.Data.Reports;
using Stepsize.Web.Reports.Document;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Reports;

/// <summary>Writes reports as pages of their own.</summary>
public sealed class ReportWriter(IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>A published version.</summary>
    /// <param name="changed">Sources whose results have changed since.</param>
    public Task<string> WriteAsync(ReportVersion version, FrozenReport report, IReadOnlyList<string> changed) =>
        WriteAsync(report, $"Version {version.Number}, published {TimeText.Exact(version.PublishedAt)}.", changed);

    /// <param name="standing">What it is a copy of, as a sentence.</param>
    public async Task<string> WriteAsync(FrozenReport report, string standing, IReadOnlyList<string> changed)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<ReportDocument>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(ReportDocument.Report)] = report,
                [nameof(ReportDocument.Standing)] = standing,
                [nameof(ReportDocument.Changed)] = changed,
            }));
            return root.ToHtmlString();
        });
    }
}
