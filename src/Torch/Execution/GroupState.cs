using System.Buffers.Binary;
using System.Numerics;
using Stepsize.Torch.Devices;
using Stepsize.Torch.Networks;
using Stepsize.Torch.Parameters;
using Stepsize.Training.Execution;
using Stepsize.Training.Faults;
using Stepsize.Training.Optimizers;
using Stepsize.Training.Workloads;
using static TorchSharp.torch;

namespace Stepsize.Torch.Execution;

/// <summary>Everything of a group of runs that is on the device: the program and the optimizers, which together can be saved and restored to the bit, run by run.</summary>
internal sealed class GroupState<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>First bad iteration and first loss, before the rows.</summary>
    private const int Prefix = sizeof(int) + sizeof(double);

    private readonly OptimizerBlock[] _blocks;
    private readonly byte[] _header;
    private readonly string _engine;
    private readonly Device _device;
    private readonly Tensor _padding;

    /// <param name="runs">In the order of <see cref="RunGroups"/>.</param>
    public GroupState(NetworkProblem<T> problem, ProblemData<T> data, Cohort cohort, IReadOnlyList<CohortRun> runs, TorchDevice device)
    {
        _device = device.Device;
        _engine = device.Engine(problem.ScalarBytes);
        _header = CheckpointEngine.Header(_engine);
        Program = new BatchedProgram<T>(problem, data, cohort.BatchSize, runs[0].Configuration.Seed, runs.Count);
        _blocks = [.. runs.GroupBy(OptimizerBlock.KindOf).Select(kind => new OptimizerBlock([.. kind], Program.Layout, Numbers.Type<T>(), _device))];
        _padding = Numbers.Upload<long>(Program.Layout.Padding, _device, Program.Layout.Padding.Length);
    }

    public BatchedProgram<T> Program { get; }

    /// <summary>Bytes of the checkpoints of all runs.</summary>
    public double Bytes => (RowBytes.Length(Program.State) * (double)Program.Runs) + _blocks.Sum(b => RowBytes.Length(b.State) * (double)b.Count);

    /// <summary>Makes the optimizers' steps after the program's gradient. Within a scope of the caller's.</summary>
    /// <returns>Effective stepsizes [R], in double.</returns>
    public Tensor Step(Tensor loss, StepContext<double> context)
    {
        var first = 0;
        var stepsizes = new List<Tensor>();
        foreach (var block in _blocks.Where(b => b.Count > 0))
        {
            stepsizes.Add(block.Step(first, Program.Parameters.Values, Program.Parameters.Gradient!, loss, context));
            first += block.Count;
        }

        if (Program.Layout.Padding.Length > 0)
        {
            // Where ε is nothing in this precision, padding has become 0/0.
            Program.Parameters.Values.index_fill_(1, _padding, 0);
        }

        return cat(stepsizes, 0);
    }

    /// <summary>Whether all parameters of each run are finite [R].</summary>
    public Tensor AreFinite()
    {
        var (smallest, largest) = Program.Parameters.Values.aminmax(1);
        return smallest.isfinite() & largest.isfinite();
    }

    /// <summary>‖x‖ of each run, in double.</summary>
    public double[] ParameterNorms()
    {
        using var scope = NewDisposeScope();
        return Numbers.Download<double>(Program.Parameters.Values.to(ScalarType.Float64).square().sum(1).sqrt());
    }

    /// <summary>The flat parameters of a run.</summary>
    public double[] Parameters(long row)
    {
        using var own = Program.Parameters.Values[row];
        return Program.Layout.Gather<double>(Numbers.Download<double>(own));
    }

    /// <summary>Checkpoints of all runs, by row.</summary>
    public byte[][] Save(IReadOnlyList<TrackedRun> runs)
    {
        var states = RowBytes.Read([.. Program.State], _header.Length + Prefix);
        byte[][] optimizers = [.. _blocks.Where(b => b.Count > 0).SelectMany(b => b.State.Count == 0 ? Enumerable.Repeat<byte[]>([], b.Count) : RowBytes.Read(b.State, 0))];
        for (var row = 0; row < states.Length; row++)
        {
            _header.CopyTo(states[row], 0);
            BinaryPrimitives.WriteInt32LittleEndian(states[row].AsSpan(_header.Length), runs[row].FirstBadIteration ?? 0);
            BinaryPrimitives.WriteDoubleLittleEndian(states[row].AsSpan(_header.Length + sizeof(int)), runs[row].FirstLoss);
            states[row] = [.. states[row], .. optimizers[row]];
        }

        return states;
    }

    /// <summary>Sets a run to its checkpoint.</summary>
    /// <param name="row">Of the run, among all.</param>
    /// <exception cref="InvalidInputException">It is another engine's, or not of this run's shape.</exception>
    public void Restore(int row, TrackedRun run, RunCheckpoint checkpoint)
    {
        var state = CheckpointEngine.StateOf(checkpoint.State, _engine, takesNameless: false);
        var (block, inBlock) = Find(row);
        var length = RowBytes.Length(Program.State);
        var needed = Prefix + length + RowBytes.Length(block.State);
        if (state.Length != needed)
        {
            throw new InvalidInputException("checkpoint", $"holds {state.Length} bytes where {needed} are needed: another version of the program wrote it. Delete the run and run it again.");
        }

        var bad = BinaryPrimitives.ReadInt32LittleEndian(state);
        run.FirstBadIteration = bad == 0 ? null : bad;
        run.FirstLoss = BinaryPrimitives.ReadDoubleLittleEndian(state[sizeof(int)..]);
        RowBytes.Write(Program.State, row, state[Prefix..]);
        RowBytes.Write(block.State, inBlock, state[(Prefix + (int)length)..]);
    }

    /// <summary>Goes on with some runs alone.</summary>
    public void Keep(long[] rows)
    {
        var first = 0;
        foreach (var block in _blocks)
        {
            var end = first + block.Count;
            block.Keep([.. rows.Where(row => row >= first && row < end).Select(row => row - first)], _device);
            first = end;
        }

        Program.Keep(rows);
    }

    public void Dispose()
    {
        Program.Dispose();
        _padding.Dispose();
        foreach (var block in _blocks)
        {
            block.Dispose();
        }
    }

    private (OptimizerBlock Block, int Row) Find(int row)
    {
        foreach (var block in _blocks)
        {
            if (row < block.Count)
            {
                return (block, row);
            }

            row -= block.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(row), row, "There are fewer runs.");
    }
}
