using Stepsize.Torch.Devices;
using Stepsize.Training.Datasets;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Workloads;

namespace Stepsize.Torch.Execution;

/// <summary>
/// Gives each run to the engine that trains it: libtorch where a device of it was chosen and the run is one for it, else the CPU's engine. A run that goes on does so on the
/// engine that wrote its checkpoint, if that is there. libtorch is loaded when the first run comes that needs it.
/// </summary>
public sealed class ChoosingExecutor : IExecutor, IDisposable
{
    private readonly DevicePlan _plan;
    private readonly ProblemCache _problems;
    private readonly CpuExecutor _cpu;
    private readonly TimeProvider _time;
    private readonly int _threads;
    private readonly Lock _gate = new();
    private TorchExecutor? _torch;
    private bool _isUnusable;

    public ChoosingExecutor(DevicePlan plan, TrainingPool pool, DatasetFolders datasets, TimeProvider time)
    {
        _plan = plan;
        _problems = new ProblemCache(datasets);
        _cpu = new CpuExecutor(pool, _problems, time);
        _time = time;
        _threads = pool.Threads;
    }

    public string Device => _torch?.Device ?? _cpu.Device;

    /// <summary>Takes a device that was named into use now, so that what is wrong with it is said before anything is trained.</summary>
    /// <exception cref="InvalidInputException">It cannot be used.</exception>
    public void Open()
    {
        if (_plan is { IsNamed: true, UsesTorch: true })
        {
            _ = Torch();
        }
    }

    public async Task TrainAsync(Cohort cohort, IRunRecorder recorder, CancellationToken cancellation)
    {
        if (!_plan.UsesTorch || Torch() is not { } torch)
        {
            await _cpu.TrainAsync(cohort, recorder, cancellation);
            return;
        }

        var problem = await Task.Run(() => _problems.Get(cohort.Workload, cohort.WorkloadOptions), cancellation);
        var onTorch = cohort.Runs.ToLookup(run => GoesToTorch(problem, run, cohort.RecordLayers));
        var trainings = new List<Task>();
        if (onTorch[true].Any())
        {
            trainings.Add(torch.TrainAsync(cohort with { Runs = [.. onTorch[true]] }, recorder, cancellation));
        }

        if (onTorch[false].Any())
        {
            trainings.Add(_cpu.TrainAsync(cohort with { Runs = [.. onTorch[false]] }, recorder, cancellation));
        }

        await Task.WhenAll(trainings);
    }

    public void Dispose() => _torch?.Dispose();

    private bool GoesToTorch(Problem problem, CohortRun run, bool recordsLayers)
    {
        var isNetwork = problem is NetworkProblem<float> or NetworkProblem<double>;
        if (TorchScope.Refusal(isNetwork, problem.ScalarBytes == sizeof(double), _plan.Choice, recordsLayers, run.Configuration.Optimizer) is not null)
        {
            return false;
        }

        return run.ResumeFrom is not { } checkpoint || CheckpointEngine.Of(checkpoint.State) is { } writer && writer != CpuExecutor.Engine;
    }

    /// <returns>Null where a GPU was found but cannot be used, and none was asked for.</returns>
    private TorchExecutor? Torch()
    {
        lock (_gate)
        {
            if (_torch is null && !_isUnusable)
            {
                try
                {
                    _torch = new TorchExecutor(TorchDevice.Open(_plan.Choice, _plan.TorchFolder, _threads), _problems, _time);
                }
                catch (InvalidInputException) when (!_plan.IsNamed)
                {
                    _isUnusable = true; // The command "devices" says why.
                }
            }

            return _torch;
        }
    }
}
