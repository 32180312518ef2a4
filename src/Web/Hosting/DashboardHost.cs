using Microsoft.AspNetCore.HostFiltering;
using Stepsize.Data.Database;
using Stepsize.Web.Api;
using Stepsize.Web.Components;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Hosting;

/// <summary>Puts the dashboard together: engine, data, jobs and pages on one web server.</summary>
internal static class DashboardHost
{
    public const string HealthPath = "/health";

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
        builder.Logging.AddProgramLog();
        builder.Services.AddSingleton(settings);
        builder.Services.AddStepsizeEngine(settings);
        builder.Services.AddStepsizeData(database);
        builder.Services.AddStepsizeJobs(database);
        builder.Services.AddStepsizePages();
        builder.Services.AddHealthChecks();
        if (settings.IsLoopback)
        {
            // A page elsewhere whose name is made to point here (DNS rebinding) is turned away.
            builder.Services.Configure<HostFilteringOptions>(o => o.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        }

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.MapHealthChecks(HealthPath);
        app.MapStepsizePages();
        app.MapStepsizeApi();
        return app;
    }
}
