using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Stepsize.Data.Database;

/// <summary>
/// Contexts for work that is tried again until it succeeds: each attempt waits for a lock for two seconds at most, so that a person who stops the training
/// meanwhile does not wait for the attempt.
/// </summary>
internal sealed class RetriedContexts : IDbContextFactory<StepsizeContext>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly PooledDbContextFactory<StepsizeContext> _contexts;

    public RetriedContexts(DatabaseOptions options)
    {
        var builder = new DbContextOptionsBuilder<StepsizeContext>();
        DataServices.Configure(builder, OneAttempt(options));
        _contexts = new PooledDbContextFactory<StepsizeContext>(builder.Options);
    }

    /// <summary>The options with the time that one attempt waits for a lock.</summary>
    public static DatabaseOptions OneAttempt(DatabaseOptions options) =>
        options with { BusyTimeout = options.BusyTimeout < Patience ? options.BusyTimeout : Patience };

    public StepsizeContext CreateDbContext() => _contexts.CreateDbContext();

    public Task<StepsizeContext> CreateDbContextAsync(CancellationToken cancellationToken = default) => _contexts.CreateDbContextAsync(cancellationToken);
}
