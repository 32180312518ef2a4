using Stepsize.Torch.Execution;
using Stepsize.Torch.Tests.Networks;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Xunit;

namespace Stepsize.Torch.Tests.Execution;

public sealed class MemoryPlanTests
{
    [Fact]
    public void Of_SmallNetwork_CountsExamplesParametersAndActivations()
    {
        var problem = RandomData.Problem(RegisteredNetworks.All["mnist-logreg"](), 24, 10);
        var plan = MemoryPlan.Of(problem, 4, usable: 1e9);
        Assert.Equal(34.0 * 784 * 8, plan.DataBytes);
        Assert.InRange(plan.RunBytes, 8 * 7850 * 8, 12 * 7850 * 8);
        Assert.Equal(0, MemoryPlan.Of(problem, 4, usable: 100_000).DataBytes);
        Assert.True(MemoryPlan.Of(problem, 20, usable: 1e9).RunBytes > plan.RunBytes);
    }

    [Theory]
    [InlineData(1100, 10)]
    [InlineData(199.9, 0)]
    public void RunsIn_RoomForSoMany_AreThatManyOrARefusalWithTheFigure(double usable, int expected)
    {
        var plan = new MemoryPlan(100, 100);
        if (expected > 0)
        {
            Assert.Equal(expected, plan.RunsIn(usable, "a GPU"));
            return;
        }

        var large = new MemoryPlan(1e9, 23e9);
        Assert.Contains("one run needs about 24.0 GB, and 20.0 GB can be used on a GPU", Assert.Throws<InvalidInputException>(() => large.RunsIn(20e9, "a GPU")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_TwoSeedsMoreRunsThanFit_AreCutEvenlyWithKindsTogether()
    {
        var trainings = new Trainings(
            new SmallWorkload(SmallWorkload.TwoLayers, inDouble: false),
            """{ "id": "sgd-constant", "values": [1] }, { "id": "adam", "values": [0.1, 0.2, 0.3] }, { "id": "sgd-constant", "values": [2, 3], "options": { "eta": 2 } }, { "id": "sgd-constant", "values": [4] }""");
        var whole = RunGroups.Of(trainings.Runs, 100);
        Assert.Equal([7, 7], whole.Select(g => g.Count));
        Assert.Equal([0, 6, 1, 2, 3, 4, 5], whole[0].Select(r => r.Key));
        Assert.Equal([3, 4, 3, 4], RunGroups.Of(trainings.Runs, 4).Select(g => g.Count));

        var resumed = trainings.Runs[0] with { ResumeFrom = new RunCheckpoint(5, [], 0) };
        Assert.Equal([1, 6], RunGroups.Of([resumed, .. trainings.Runs[1..7]], 100).Select(g => g.Count));
    }
}
