using System.Reflection;
using Stepsize.Data.Workers;
using Stepsize.Training.Execution;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>What this program says of itself to the others, and the key that the database gave it.</summary>
internal sealed class WorkerIdentity(IWorkerRegistry registry, IExecutor executor, TrainingChoice choice)
{
    /// <summary>Of the program: all that train on one database have the same.</summary>
    public static Version Version { get; } = Assembly.GetExecutingAssembly().GetName().Version is { } v ? new Version(v.Major, v.Minor, Math.Max(v.Build, 0)) : new Version(0, 0, 0);

    public long Key { get; private set; }

    /// <summary>Why this program leaves everything to others; null where it does not.</summary>
    public string? Outdated { get; private set; }

    /// <summary>Whether it was asked to take nothing more.</summary>
    public bool IsDraining { get; private set; }

    public bool MayTake => choice.Trains && !IsDraining && Outdated is null;

    public async Task RegisterAsync(CancellationToken cancellation)
    {
        var name = choice.Name ?? $"{Environment.MachineName}-{Environment.ProcessId}";
        Key = await registry.RegisterAsync(
            new WorkerDescription(
                name, Environment.MachineName, Environment.ProcessId, Version.ToString(), choice.Trains ? executor.Device : "", choice.Queues, choice.Queues.Count),
            cancellation);
    }

    public void Follow(WorkerBeat beat)
    {
        IsDraining = beat.IsDraining;
        var newest = beat.Versions.Select(v => Version.TryParse(v, out var version) ? version : null).Max();
        Outdated = newest > Version
            ? $"This is version {Version}, and version {newest} is open on the database: update this program; until then it takes nothing."
            : null;
    }
}
