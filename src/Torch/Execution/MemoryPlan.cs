using Stepsize.Torch.Devices;
using Stepsize.Training.Faults;
using Stepsize.Training.Workloads;

namespace Stepsize.Torch.Execution;

/// <summary>How many runs of a problem a device has memory for at a time, known before anything is trained.</summary>
/// <param name="DataBytes">The examples, where they are kept on the device.</param>
/// <param name="RunBytes">One run: parameters, gradient, what an optimizer keeps and passes through, and the activations of a batch.</param>
internal sealed record MemoryPlan(double DataBytes, double RunBytes)
{
    /// <summary>Matrices of a parameter's size: parameters, gradient, up to three of the optimizer, and three that come and go within a step.</summary>
    private const int Matrices = 8;

    /// <summary>Activations are counted with their gradients already; differentiation keeps some twice.</summary>
    private const double Activations = 1.5;

    /// <summary>Examples that are not sent batch by batch may take so much of what there is.</summary>
    private const double DataShare = 0.4;

    /// <param name="usable">Bytes that may be used.</param>
    public static MemoryPlan Of<T>(NetworkProblem<T> problem, int batchSize, double usable)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var data = (double)(problem.Train.Inputs.Length + problem.Test.Inputs.Length) * problem.ScalarBytes;
        var parameters = (double)problem.Parameters.Length * problem.ScalarBytes * Matrices;
        var activations = Activations * batchSize * problem.Network.ActivationBytesPerExample(problem.ScalarBytes);
        return new MemoryPlan(data <= DataShare * usable ? data : 0, parameters + activations);
    }

    /// <summary>Most runs at a time.</summary>
    /// <exception cref="InvalidInputException">Not even one fits.</exception>
    public int RunsIn(double usable, string device)
    {
        var runs = (usable - DataBytes) / RunBytes;
        return runs >= 1
            ? (int)Math.Min(runs, int.MaxValue)
            : throw new InvalidInputException("memory", FormattableString.Invariant(
                $"one run needs about {(DataBytes + RunBytes) / 1e9:F1} GB, and {usable / 1e9:F1} GB can be used on {device}; give a smaller batch, free memory there, or train with --device cpu."));
    }
}
