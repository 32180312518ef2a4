using Microsoft.Extensions.Diagnostics.HealthChecks;
using Stepsize.Data.Database;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Hosting.Health;

/// <summary>Whether the start is over and the database can be read and written now.</summary>
internal sealed class ReadyCheck(Readiness readiness, DatabaseProbe database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        !readiness.IsReady ? HealthCheckResult.Unhealthy(RecoveryNotice.Sentence)
        : await database.FindFaultAsync(cancellationToken) is { } fault ? HealthCheckResult.Unhealthy(fault)
        : HealthCheckResult.Healthy();
}
