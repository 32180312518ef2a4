using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Stepsize.Torch.Devices;
using Stepsize.Torch.Networks;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Workloads;

namespace Stepsize.Torch.Execution;

/// <summary>
/// Trains on libtorch: the runs of a seed as one tensor program, one program at a time on one thread of its own, to which scopes of tensors and modes of
/// differentiation belong. Cohorts take turns, program by program.
/// </summary>
public sealed class TorchExecutor : IExecutor, IDisposable
{
    private readonly TorchDevice _device;
    private readonly ProblemCache _problems;
    private readonly TimeProvider _time;
    private readonly TrainingPool _pool = new(1);

    public TorchExecutor(TorchDevice device, DatasetFolders datasets, TimeProvider time)
        : this(device, new ProblemCache(datasets), time)
    {
    }

    /// <param name="problems">Shared with other executors.</param>
    internal TorchExecutor(TorchDevice device, ProblemCache problems, TimeProvider time) => (_device, _problems, _time) = (device, problems, time);

    public string Device => _device.Name;

    public async Task TrainAsync(Cohort cohort, IRunRecorder recorder, CancellationToken cancellation)
    {
        // Preparing data takes seconds; a pool thread keeps that away from the caller.
        var problem = await Task.Run(() => _problems.Get(cohort.Workload, cohort.WorkloadOptions), cancellation);
        var isNetwork = problem is NetworkProblem<float> or NetworkProblem<double>;
        var refusals = cohort.Runs
            .Select(run => TorchScope.Refusal(isNetwork, problem.ScalarBytes == sizeof(double), _device.Choice, cohort.RecordLayers, run.Configuration.Optimizer))
            .OfType<string>().Distinct().ToArray();
        if (refusals.Length > 0)
        {
            throw new InvalidInputException("device", $"libtorch does not train what {string.Join(" or ", refusals)}; train with --device cpu.");
        }

        await (problem switch
        {
            NetworkProblem<float> single => TrainAsync(single, cohort, recorder, cancellation),
            NetworkProblem<double> twofold => TrainAsync(twofold, cohort, recorder, cancellation),
            _ => throw new NotSupportedException($"libtorch trains networks in float and double, not {problem.GetType().Name}."),
        });
    }

    public void Dispose() => _pool.Dispose();

    private async Task TrainAsync<T>(NetworkProblem<T> problem, Cohort cohort, IRunRecorder recorder, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        problem.RequireBatch(cohort.BatchSize);
        var usable = _device.UsableBytes;
        var plan = MemoryPlan.Of(problem, cohort.BatchSize, usable);
        var groups = RunGroups.Of(cohort.Runs, plan.RunsIn(usable, _device.Name));

        // Made by the first program, on the thread that uses it, and kept until the last has ended.
        var data = new Lazy<ProblemData<T>>(() => new ProblemData<T>(problem, _device.Device, (long)plan.DataBytes));
        var provenance = new RunProvenance(_device.Engine(problem.ScalarBytes), _device.Name, problem.DataChecksums, InitialWeights: "", RoundingFloor.Of(problem));
        try
        {
            await _pool.RunAsync([.. groups.Select(runs => (Action)(() => Train(problem, data, cohort, runs, provenance, recorder, cancellation)))], cancellation);
        }
        finally
        {
            if (data.IsValueCreated)
            {
                data.Value.Dispose();
            }
        }
    }

    private void Train<T>(
        NetworkProblem<T> problem, Lazy<ProblemData<T>> data, Cohort cohort, IReadOnlyList<CohortRun> runs, RunProvenance provenance, IRunRecorder recorder,
        CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<CohortRun> begun = [.. runs.Where(r => !r.Stop.IsCancellationRequested && !cancellation.IsCancellationRequested)];
        foreach (var run in begun.ToArray())
        {
            if (ReplacedData.Of(run, problem.DataChecksums) is { } replaced)
            {
                recorder.Record(run, RunEnding.Failed(run.ResumeFrom?.Iteration ?? 0, replaced));
                begun.Remove(run);
            }
        }

        if (begun.Count == 0)
        {
            return;
        }

        GroupTrainer<T>? group = null;
        try
        {
            group = new GroupTrainer<T>(problem, data.Value, cohort, begun, _device, recorder, _time, cancellation);
            var weights = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(group.InitialWeights.AsSpan())));
            group.Begin(provenance with { InitialWeights = weights });
            group.Train();
        }
        catch (Exception error)
        {
            var sentence = DeviceFault.Of(error, _device);
            if (group is null)
            {
                begun.ForEach(run => recorder.Record(run, RunEnding.Failed(run.ResumeFrom?.Iteration ?? 0, sentence)));
            }

            group?.Fail(sentence);
        }
        finally
        {
            group?.Dispose();
        }
    }
}
