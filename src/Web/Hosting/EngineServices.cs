using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Execution;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Hosting;

/// <summary>Registers what trains: one pool of threads for the whole program, and the executor on it.</summary>
internal static class EngineServices
{
    public static IServiceCollection AddStepsizeEngine(this IServiceCollection services, ProgramSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        var folders = DatasetFolders.Standard(settings.DataFolder);
        AbandonedImports.Clear(folders);
        services.AddSingleton(folders);
        services.AddSingleton(_ => new TrainingPool(settings.Threads));
        services.AddSingleton<IExecutor, CpuExecutor>();
        services.AddSingleton(new TrainingChoice(settings.Queues, settings.Name));
        services.AddSingleton(settings.Lease);
        return services;
    }
}
