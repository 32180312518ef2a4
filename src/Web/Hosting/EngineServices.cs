using Stepsize.Torch.Devices;
using Stepsize.Torch.Execution;
using Stepsize.Training.Datasets;
using Stepsize.Training.Datasets.Acquisition;
using Stepsize.Training.Execution;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Hosting;

/// <summary>Registers what trains: one pool of threads for the whole program, and the executor that gives runs to them or to another device.</summary>
internal static class EngineServices
{
    public static IServiceCollection AddStepsizeEngine(this IServiceCollection services, ProgramSettings settings)
    {
        services.AddSingleton(TimeProvider.System);
        var folders = DatasetFolders.Standard(settings.DataFolder);
        AbandonedImports.Clear(folders);
        services.AddSingleton(folders);
        services.AddSingleton(_ => new TrainingPool(settings.Threads));
        services.AddSingleton(new TrainingChoice(settings.Queues, settings.Name));
        services.AddSingleton(settings.Lease);
        services.AddSingleton(new DevicePlan(settings.Device, settings.TorchFolder));
        services.AddSingleton<ChoosingExecutor>();
        services.AddSingleton<IExecutor>(provider => provider.GetRequiredService<ChoosingExecutor>());
        return services;
    }
}
