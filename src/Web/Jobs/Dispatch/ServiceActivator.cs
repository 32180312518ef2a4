using Hangfire;

namespace Stepsize.Web.Jobs.Dispatch;

/// <summary>Gives Hangfire the objects whose methods are its jobs, from the program's services.</summary>
internal sealed class ServiceActivator(IServiceProvider services) : JobActivator
{
    public override object ActivateJob(Type jobType) => services.GetRequiredService(jobType);
}
