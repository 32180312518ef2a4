using Stepsize.Data.Sweeps;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Sweeps.Presets;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Commands;

/// <summary>The sweep that <c>demo</c> shows: launched once a database, however often the demo is started.</summary>
internal static class Demo
{
    public static async Task LaunchAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var quickstart = (PresetRegistry.Find(PresetRegistry.QuickstartId)
            ?? throw new InvalidOperationException($"There is no preset {PresetRegistry.QuickstartId}.")).Specification;
        var sweeps = await services.GetRequiredService<ISweepStore>().ListAsync(cancellation);
        if (!sweeps.Any(s => s.Name == quickstart.Name && s.Workload == quickstart.Workload.Id && s.Status != SweepStatus.Cancelled))
        {
            await services.GetRequiredService<ISweepLauncher>().LaunchAsync(quickstart, cancellation);
        }
    }
}
