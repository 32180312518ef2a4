using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Sweeps;
using Stepsize.Training.Workloads;

namespace Stepsize.Training.Execution;

/// <summary>Parameters, gradient, optimizer and compiled step of one run, which together can be saved and restored to the bit.</summary>
internal sealed class RunState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <param name="step">Compiled for the configuration's batch size.</param>
    /// <param name="gradient">As long as the parameters; may be shared with runs that take turns.</param>
    public RunState(Problem<T> problem, RunConfiguration configuration, TrainingStep<T> step, T[] gradient)
    {
        X = GC.AllocateUninitializedArray<T>(problem.Parameters.Length, pinned: true);
        G = gradient;
        Step = step;
        Optimizer = configuration.Optimizer.Create<T>(configuration.Settings, problem.Parameters);
        Step.Initialise(configuration.Seed, X);
        InitialWeights = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(X.AsSpan())));
    }

    public T[] X { get; }

    public T[] G { get; }

    public TrainingStep<T> Step { get; }

    public Optimizer<T> Optimizer { get; }

    /// <summary>SHA-256 of the parameters before the first iteration.</summary>
    public string InitialWeights { get; }

    /// <summary>First iteration whose loss, or the parameters after it, were NaN or infinite.</summary>
    public int? FirstBadIteration { get; set; }

    /// <summary>Mini-batch loss of the first iteration; NaN before it, and where a checkpoint of an earlier version does not tell.</summary>
    public double FirstLoss { get; set; } = double.NaN;

    /// <summary>Bytes of a checkpoint, but for the engine's name.</summary>
    public int Length => LengthWithoutFirstLoss + sizeof(double);

    /// <summary>Bytes of a checkpoint of earlier versions, which did not keep the first loss.</summary>
    private int LengthWithoutFirstLoss => sizeof(int) + ParameterBytes.Length + Optimizer.StateLength + Step.StateLength;

    private Span<byte> ParameterBytes => MemoryMarshal.AsBytes(X.AsSpan());

    public byte[] Save()
    {
        var header = CheckpointEngine.Header(CpuExecutor.Engine);
        var bytes = new byte[header.Length + Length];
        header.CopyTo(bytes, 0);
        var rest = bytes.AsSpan(header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest, FirstBadIteration ?? 0);
        rest = rest[sizeof(int)..];
        ParameterBytes.CopyTo(rest);
        rest = rest[ParameterBytes.Length..];
        Optimizer.Save(rest[..Optimizer.StateLength]);
        rest = rest[Optimizer.StateLength..];
        Step.Save(rest[..Step.StateLength]);
        BinaryPrimitives.WriteDoubleLittleEndian(rest[Step.StateLength..], FirstLoss);
        return bytes;
    }

    /// <exception cref="InvalidInputException">The checkpoint is not of this run's shape, or another engine wrote it.</exception>
    public void Restore(RunCheckpoint checkpoint)
    {
        var state = CheckpointEngine.StateOf(checkpoint.State, CpuExecutor.Engine, takesNameless: true);
        if (state.Length != Length && state.Length != LengthWithoutFirstLoss)
        {
            throw new InvalidInputException(
                "checkpoint", $"holds {state.Length} bytes where {Length} are needed: another version of the program wrote it. Delete the run and run it again.");
        }

        var bad = BinaryPrimitives.ReadInt32LittleEndian(state);
        FirstBadIteration = bad == 0 ? null : bad;
        var rest = state[sizeof(int)..];
        rest[..ParameterBytes.Length].CopyTo(ParameterBytes);
        rest = rest[ParameterBytes.Length..];
        Optimizer.Restore(rest[..Optimizer.StateLength]);
        rest = rest[Optimizer.StateLength..];
        Step.Restore(rest[..Step.StateLength]);
        rest = rest[Step.StateLength..];
        FirstLoss = rest.IsEmpty ? double.NaN : BinaryPrimitives.ReadDoubleLittleEndian(rest);
    }

    /// <summary>‖x‖, summed in double: of float parameters the sum of squares would overflow at a norm of 1e19.</summary>
    public double ParameterNorm()
    {
        var sum = 0.0;
        foreach (var v in X)
        {
            var value = double.CreateTruncating(v);
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>Whether every parameter is finite: v − v is 0 for finite numbers and NaN for all others. Four sums, which do not wait for each other.</summary>
    public bool IsFinite()
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(X);
        var width = Vector512<T>.Count;
        Vector512<T> s0 = default, s1 = s0, s2 = s0, s3 = s0;
        var i = 0;
        for (; i + (4 * width) <= X.Length; i += 4 * width)
        {
            s0 += Nothing(ref first, i);
            s1 += Nothing(ref first, i + width);
            s2 += Nothing(ref first, i + (2 * width));
            s3 += Nothing(ref first, i + (3 * width));
        }

        var rest = T.Zero;
        foreach (var v in X.AsSpan(i))
        {
            rest += v - v;
        }

        return Vector512.Sum((s0 + s1) + (s2 + s3)) + rest == T.Zero;
    }

    private static Vector512<T> Nothing(ref T first, int index)
    {
        var v = Vector512.LoadUnsafe(ref first, (nuint)index);
        return v - v;
    }
}
