using Stepsize.Data.Workers;
using Stepsize.Training.Execution;

namespace Stepsize.Web.Jobs.Cluster;

/// <summary>What this program says of itself to the others, and the key that the database gave it.</summary>
internal sealed class WorkerIdentity(IWorkerRegistry registry, IExecutor executor, TrainingChoice choice)
{
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
                name, Environment.MachineName, Environment.ProcessId, ProgramVersion.Current.ToString(), choice.Trains ? executor.Device : "", choice.Queues, choice.Queues.Count),
            cancellation);
    }

    public void Follow(WorkerBeat beat)
    {
        IsDraining = beat.IsDraining;
        var newest = beat.Versions.Select(v => Version.TryParse(v, out var version) ? version : null).Max();
        Outdated = newest > ProgramVersion.Current
            ? $"This is version {ProgramVersion.Current}, and version {newest} is open on the database: update this program; until then it takes nothing."
            : null;
    }
}
