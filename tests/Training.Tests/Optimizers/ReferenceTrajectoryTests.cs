using Stepsize.Training.Optimizers;
using Stepsize.Training.Tests.Optimizers.Transcriptions;
using Xunit;

namespace Stepsize.Training.Tests.Optimizers;

/// <summary>Every registered optimizer, with every option, against its independent transcription.</summary>
public sealed class ReferenceTrajectoryTests
{
    private const int Iterations = 100;

    public static TheoryData<string> Ids => [.. OptimizerRegistry.All.Select(o => o.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_HundredIterations_AgreesWithTranscription(string id)
    {
        Assert.True(Transcription.All.ContainsKey(id), $"{id} is registered without a transcription in tests/Training.Tests/Optimizers/Transcriptions.");
        foreach (var testCase in OptimizerCases.All.Where(c => c.Optimizer.Id == id))
        {
            foreach (var problem in SmoothProblem.All)
            {
                Compare(testCase, problem);
            }
        }
    }

    [Fact]
    public void All_Transcriptions_BelongToRegisteredOptimizers() =>
        Assert.Empty(Transcription.All.Keys.Except(OptimizerRegistry.All.Select(o => o.Id)));

    private static void Compare(OptimizerCase testCase, SmoothProblem problem)
    {
        var expected = problem.Start.ToArray();
        var actual = problem.Start.ToArray();
        StepContext<double>? context = null;
        context = OptimizerRun.Context<double>(at => problem.Loss(at, context!.Iteration), Iterations);
        var optimizer = testCase.Optimizer.Create<double>(testCase.Settings, SmoothProblem.Layout);
        var transcribed = Transcription.All[testCase.Optimizer.Id].Start(testCase.Settings, SmoothProblem.Layout);
        for (var t = 1; t <= Iterations; t++)
        {
            var now = t;
            var iteration = new Iteration(
                t, problem.Loss(expected, t), at => problem.Loss(at, now), context.BatchSize, context.IterationsPerEpoch, context.TotalIterations);
            var stepsizes = transcribed(expected, problem.Gradient(expected, t), iteration);

            context.Iteration = t;
            context.Loss = problem.Loss(actual, t);
            var stepsize = optimizer.Step(actual, problem.Gradient(actual, t), context);

            var distance = Transcription.Norm(expected.Zip(actual, (e, a) => e - a));
            Assert.True(distance <= 1e-12 * Transcription.Norm(expected), $"{testCase} on {problem}: iterate {t} is {distance:E2} away.");
            var median = Transcription.Median(stepsizes);
            Assert.True(Math.Abs(stepsize - median) <= 1e-11 * Math.Abs(median), $"{testCase} on {problem}: stepsize {t} is {stepsize:R}, not {median:R}.");
        }
    }
}
