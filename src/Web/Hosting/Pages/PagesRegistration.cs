using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stepsize.Data.Database;
using Stepsize.Data.Metrics;
using Stepsize.Data.Sweeps;
using Stepsize.Torch.Devices;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Web.Api.Compare;
using Stepsize.Web.Api.Curves;
using Stepsize.Web.Api.Exports;
using Stepsize.Web.Api.Http;
using Stepsize.Web.Api.Metrics;
using Stepsize.Web.Api.Reports;
using Stepsize.Web.Components;
using Stepsize.Web.Components.Layout;
using Stepsize.Web.Components.Widgets;
using Stepsize.Web.Datasets;
using Stepsize.Web.Figures.Exhibits;
using Stepsize.Web.Figures.Theory;
using Stepsize.Web.Hosting.Circuits;
using Stepsize.Web.Reports;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Curves;
using Stepsize.Web.Views.Papers;
using Stepsize.Web.Views.Sweeps;
using Stepsize.Web.Views.Theory;

namespace Stepsize.Web.Hosting.Pages;

/// <summary>Puts the dashboard's pages into a web application.</summary>
public static class PagesRegistration
{
    /// <summary>Needs <c>ISweepStore</c>, <c>ICurveReader</c>, <c>IReportStore</c>, <c>ISweepLauncher</c> and <c>ISweepSignals</c> to be registered too.</summary>
    public static IServiceCollection AddStepsizePages(this IServiceCollection services)
    {
        services.AddStepsizeApi();
        services.AddRazorComponents().AddInteractiveServerComponents().AddCircuitLimits();
        services.AddWidgets();
        // Letters such as ₀ and η go out as they are; what is markup is encoded all the same.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SweepGlances>();
        services.AddSingleton<CurveSubjectReader>();
        services.AddSingleton<CurvePacketReader>();
        services.AddSingleton<CurveNumbersReader>();
        services.AddSingleton<MergingReader>();
        services.AddSingleton<StepsizeViewReader>();
        services.AddSingleton<StoredRunReader>();
        services.AddSingleton<ComparisonReader>();
        services.AddSingleton<ExhibitReader>();
        services.AddSingleton<BlockReader>();
        services.AddSingleton<ReportPublisher>();
        services.AddSingleton<ReportFreshness>();
        services.AddSingleton<ReportWriter>();
        services.AddSingleton(provider => new TheoryReader(provider.GetService<DatasetFolders>() ?? DatasetFolders.Standard()));
        services.AddSingleton(provider => new TableDesk(provider.GetRequiredService<DatasetFolders>(), provider.GetService<ISweepData>()));
        services.AddSingleton<TableUploads>();
        services.AddSingleton(provider => new RunTheoryReader(
            provider.GetService<DatasetFolders>() ?? DatasetFolders.Standard(), provider.GetRequiredService<IColumnReader>(), provider.GetService<ILayerReader>()));
        services.AddSingleton(provider => new DatasetFetches(
            provider.GetRequiredService<DatasetFolders>(), new DatasetDownloader(new HttpClient(), provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider => new DurationEstimator(
            provider.GetService<ProgramSettings>()?.Threads ?? Environment.ProcessorCount, provider.GetService<DevicePlan>()));
        return services;
    }

    /// <summary>
    /// Pages, their files and the data of their charts. The builder must have called <c>WebHost.UseStaticWebAssets()</c>, so that the files are found
    /// in a build that is not published, in every environment.
    /// </summary>
    public static WebApplication MapStepsizePages(this WebApplication app)
    {
        // In a scope of its own: what failed may have left its services half used.
        app.UseExceptionHandler(new ExceptionHandlerOptions { CreateScopeForErrors = true, ExceptionHandler = AnswerWithErrorPage });
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        // Here, not where the framework would put it: what is above changes the path, what is below knows the address's limits.
        app.UseRouting();
        app.UseApiProblems();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapCurves();
        app.MapExports();
        app.MapComparisons();
        app.MapManyCurves();
        app.MapReports();
        // Pages have the policy of all answers, which lets nobody frame them; the framework's own would take its place, and says no more than that.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    private static Task AnswerWithErrorPage(HttpContext context)
    {
        var isAway = context.Features.Get<IExceptionHandlerFeature>()?.Error is { } error
            && context.RequestServices.GetService<DatabaseOptions>() is { } database && DatabaseFaults.Describe(error, database) is not null;
        if (isAway)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        return new RazorComponentResult<ErrorDocument>(new { IsDatabaseAway = isAway })
        {
            StatusCode = isAway ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
        }.ExecuteAsync(context);
    }
}
