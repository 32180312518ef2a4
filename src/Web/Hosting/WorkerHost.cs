using Stepsize.Data.Database;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Hosting;

/// <summary>Engine, data and jobs without a web server.</summary>
internal static class WorkerHost
{
    public static IHost Build(ProgramSettings settings, DatabaseOptions database)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables(ProgramSettings.EnvironmentPrefix);
        builder.Logging.AddProgramLog();
        builder.Services.AddSingleton(settings);
        builder.Services.AddStepsizeEngine(settings);
        builder.Services.AddStepsizeData(database);
        builder.Services.AddStepsizeJobs(database);
        return builder.Build();
    }
}
