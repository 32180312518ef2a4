using Stepsize.Data.Database;
using Stepsize.Web.Hosting.Access;
using Stepsize.Web.Hosting.Circuits;
using Stepsize.Web.Hosting.Health;
using Stepsize.Web.Hosting.Pages;
using Stepsize.Web.Hosting.Serving;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Hosting;

/// <summary>Puts the dashboard together: engine, data, jobs and pages on one web server.</summary>
internal static class DashboardHost
{
    /// <param name="settings">Checked settings.</param>
    /// <param name="database">The settings' database, open.</param>
    /// <param name="arguments">Further host settings as <c>--key=value</c>; tests name environment and content root in them.</param>
    /// <exception cref="Training.Faults.InvalidInputException">The data folder is not there.</exception>
    public static WebApplication Build(ProgramSettings settings, DatabaseOptions database, string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = arguments,
            ContentRootPath = arguments.Any(a => a.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase)) ? null : AppContext.BaseDirectory,
        });
        builder.Configuration.AddEnvironmentVariables(ProgramSettings.EnvironmentPrefix);
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // Client files are found from a build's output as well as from a publication.
        builder.WebHost.UseStaticWebAssets();
        if (!builder.Environment.IsDevelopment())
        {
            // A build's files are compressed and have names by content, as a publication's: served so, unless somebody edits them meanwhile.
            builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        }

        builder.Logging.AddProgramLog();
        builder.Services.AddSingleton(settings);
        builder.Services.AddStepsizeEngine(settings);
        builder.Services.AddStepsizeData(database);
        builder.Services.AddStepsizeJobs(database);
        builder.Services.AddStepsizePages();
        builder.Services.AddHealth();
        builder.Services.AddKnownProxies(settings);
        builder.Services.AddCompression();

        var app = builder.Build();
        app.UseKnownProxies(settings);
        app.UseSecurityHeaders();
        app.UseMiddleware<HostGuard>();
        app.UseBasePath(settings);
        app.UseMiddleware<RecoveryNotice>();
        app.UseCompression();
        app.UseMiddleware<CircuitGuard>();
        app.MapStepsizePages();
        app.MapHealth();
        app.MapStepsizeApi();
        return app;
    }
}
