using Stepsize.Training.Execution;
using Stepsize.Training.Workloads;
using Xunit;

namespace Stepsize.Training.Tests.Execution;

public class OutcomeRuleTests
{
    [Theory]
    // Nothing classified: by the loss alone.
    [InlineData(2.0, 1.9, double.NaN, double.NaN, 1.0, RunOutcome.Finished)]
    [InlineData(2.0, 1.98, double.NaN, double.NaN, 1.0, RunOutcome.NoProgress)]
    [InlineData(2.0, 20.0, double.NaN, double.NaN, 1.0, RunOutcome.NoProgress)]
    [InlineData(2.0, 20.1, double.NaN, double.NaN, 1.0, RunOutcome.Exploded)]
    [InlineData(2.0, 1e62, double.NaN, double.NaN, 1.0, RunOutcome.Exploded)]
    // Classified: by accuracy, and the loss may rise.
    [InlineData(2.3, 2.4, 0.277, 0.1135, 1.0, RunOutcome.Finished)]
    [InlineData(2.3, 2.3, 0.1234, 0.1135, 1.0, RunOutcome.NoProgress)]
    [InlineData(2.3, 23.1, 0.277, 0.1135, 1.0, RunOutcome.Exploded)]
    // Parameters beyond all use, whatever the loss.
    [InlineData(2.0, 1.0, double.NaN, double.NaN, 1.1e15, RunOutcome.Exploded)]
    [InlineData(2.0, 1.0, double.NaN, double.NaN, 0.9e15, RunOutcome.Finished)]
    // What is not known decides nothing.
    [InlineData(double.NaN, 1e62, 0.5, 0.1, double.NaN, RunOutcome.Finished)]
    public void Of_FiniteRun_IsJudgedByLossAccuracyAndNorm(double first, double last, double accuracy, double chance, double norm, RunOutcome expected) =>
        Assert.Equal(expected, OutcomeRule.Of(null, first, new Evaluation(last, TestAccuracy: accuracy), norm, chance));

    [Fact]
    public void Of_NonFiniteIteration_Diverged() =>
        Assert.Equal(RunOutcome.Diverged, OutcomeRule.Of(7, 2, new Evaluation(1), 1, double.NaN));
}
