using Stepsize.Data.Sweeps.Control;
using Stepsize.Web.Jobs;

namespace Stepsize.Web.Tests.Fakes;

/// <summary>Jobs and faults that the test puts there.</summary>
internal sealed class FakeJobBoard : IJobBoard, IRunFaults
{
    public string Rule => "as many as there are";

    public List<JobLine> Jobs { get; } = [];

    public List<RunFault> Faults { get; } = [];

    public Task<IReadOnlyList<JobLine>> ListAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<JobLine>>(Jobs);

    public Task<IReadOnlyList<RunFault>> ListAsync(int most, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<RunFault>>([.. Faults.Take(most)]);
}
