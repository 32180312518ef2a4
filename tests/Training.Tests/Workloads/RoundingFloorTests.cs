using Stepsize.Training.Datasets;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Workloads;

public class RoundingFloorTests
{
    [Fact]
    public void Of_LeastSquares_FollowsFromTheSizeOfItsTargets()
    {
        var sweep = SpecificationReader.Parse(
            """{ "name": "n", "workload": "linreg-batch", "workloadOptions": { "rows": 30, "columns": 80 }, "batchSize": 30, "optimizers": [{ "id": "sgd-constant", "values": [1] }] }""");
        var problem = sweep.Workload.Prepare(sweep.WorkloadOptions, new DatasetFolders([]));

        var floors = RoundingFloor.Of(problem);

        // y is a sum of 80 products of standard normals: about √80 in size. δ = 50 u |y|; the loss' floor is δ²/2, the gradient's about δ √(30 · 80)/30.
        var u = problem.ScalarBytes == sizeof(float) ? Math.Pow(2, -24) : Math.Pow(2, -53);
        var residual = 50 * u * Math.Sqrt(80);
        Assert.InRange(floors["TrainLoss"] / (residual * residual / 2), 0.5, 2);
        Assert.InRange(floors["GradientNorm"] / (residual * Math.Sqrt(30 * 80) / 30), 0.7, 1.4);
    }
}
