using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stepsize.Data.Metrics;
using Stepsize.Web.Api.Compare;
using Stepsize.Web.Api.Control;
using Stepsize.Web.Api.Datasets;
using Stepsize.Web.Api.Http.Answers;
using Stepsize.Web.Api.Http.Guard;
using Stepsize.Web.Api.Layers;
using Stepsize.Web.Api.Metrics;
using Stepsize.Web.Api.Papers;
using Stepsize.Web.Api.Registries;
using Stepsize.Web.Api.Runs;
using Stepsize.Web.Api.Sweeps;
using Stepsize.Web.Api.Tables;
using Stepsize.Web.Views.Addresses;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Hosting;

/// <summary>Puts the HTTP API into a web application.</summary>
public static class ApiRegistration
{
    /// <summary>Needs the data services and <c>ISweepLauncher</c> to be registered too.</summary>
    public static IServiceCollection AddStepsizeApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
            // Answers say that they are JSON, and browsers are told not to guess: nothing in them is taken for markup.
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(Words.Policy, allowIntegerValues: false));
        });
        services.AddSingleton(provider => new MetricSource(provider.GetRequiredService<ICurveReader>(), provider.GetRequiredService<IMetricReader>()));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RememberedAnswers>();
        services.AddDearRequests();
        services.AddApiDescription();
        return services;
    }

    /// <summary>What goes wrong under /api is answered as programs expect it; goes before everything that answers there.</summary>
    public static IApplicationBuilder UseApiProblems(this IApplicationBuilder app) => 
        app.UseMiddleware<ApiProblems>().UseMiddleware<CrossSiteGuard>().UseMiddleware<BodyGuard>().UseMiddleware<RepeatGuard>();

    public static void MapStepsizeApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(ApiRoutes.Root);
        api.MapSweeps();
        api.MapControl();
        api.MapJobs();
        api.MapWorkers();
        api.MapRuns();
        api.MapMetrics();
        api.MapLayers();
        api.MapTables();
        api.MapCompare();
        api.MapPapers();
        api.MapOwnTables();
        api.MapRegistries();
        routes.MapApiDescription();
    }
}
