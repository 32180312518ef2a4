using Stepsize.Data.Sweeps.Control;
using Stepsize.Data.Workers;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Jobs and faults that the test puts there.</summary>
internal sealed class FakeJobBoard : IJobBoard, IRunFaults, IWorkerBoard
{
    public string Rule => "as many as there are";

    public List<JobLine> Jobs { get; } = [];

    public List<WorkerLine> Workers { get; } = [];

    public bool CanBeMany => true;

    public List<RunFault> Faults { get; } = [];

    public Task<IReadOnlyList<JobLine>> ListAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<JobLine>>(Jobs);

    public Task<IReadOnlyList<RunFault>> ListAsync(int most, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<RunFault>>([.. Faults.Take(most)]);

    Task<IReadOnlyList<WorkerLine>> IWorkerBoard.ListAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<WorkerLine>>(Workers);

    public Task SetDrainingAsync(long workerId, bool draining, CancellationToken cancellation) => throw new NotSupportedException("There are no workers.");
}
