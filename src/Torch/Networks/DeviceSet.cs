using System.Numerics;
using Stepsize.Torch.Parameters;
using Stepsize.Training.Datasets;
using Stepsize.Training.Networks;
using static TorchSharp.torch;

namespace Stepsize.Torch.Networks;

/// <summary>
/// A set of examples as a device has them: inputs that fit are copied there once and gathered there; what comes from a source, such as photographs, is made on
/// the host batch by batch, to the bit as for the CPU engine.
/// </summary>
internal sealed class DeviceSet<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SupervisedSet<T> _set;
    private readonly Device _device;
    private readonly long[] _inputShape;
    private readonly Tensor? _inputs;
    private readonly Tensor _targets;

    /// <param name="most">Bytes that inputs may take on the device; those of larger sets are sent batch by batch.</param>
    public DeviceSet(SupervisedSet<T> set, Network network, Device device, long most)
    {
        _set = set;
        _device = device;
        _inputShape = [.. network.Input.Select(axis => (long)axis)];
        Classifies = network.Loss.Classifies;
        var bytes = (long)set.Inputs.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        _inputs = set.ReadsFromSource || bytes > most ? null : Numbers.Upload(set.Inputs, device, set.Count, set.InputLength);
        _targets = Classifies
            ? Numbers.Upload<long>([.. set.Labels.ToArray().Select(label => (long)label)], device, set.Count, set.Labels.Length / set.Count)
            : Numbers.Upload(set.Targets, device, [set.Count, .. network.Output.Select(axis => (long)axis)]);
    }

    /// <summary>Whether targets are classes.</summary>
    public bool Classifies { get; }

    public int Count => _set.Count;

    /// <summary>Inputs [1, B, axes] as training sees them, and targets.</summary>
    public (Tensor Inputs, Tensor Targets) ForTraining(ReadOnlySpan<int> examples, int seed, int iteration)
    {
        var rows = Rows(examples);
        if (_inputs is not null)
        {
            return (Shaped(_inputs.index_select(0, rows)), Targets(rows));
        }

        var host = Host(examples.Length);
        _set.GatherForTraining(examples, seed, iteration, Numbers.Span<T>(host));
        return (Shaped(Numbers.ToDevice(host, _device)), Targets(rows));
    }

    /// <summary>Inputs [1, B, axes] as evaluation sees them, and targets.</summary>
    public (Tensor Inputs, Tensor Targets) ForEvaluation(ReadOnlySpan<int> examples)
    {
        var rows = Rows(examples);
        if (_inputs is not null)
        {
            return (Shaped(_inputs.index_select(0, rows)), Targets(rows));
        }

        var host = Host(examples.Length);
        _set.Gather(examples, Numbers.Span<T>(host));
        return (Shaped(Numbers.ToDevice(host, _device)), Targets(rows));
    }

    public void Dispose()
    {
        _inputs?.Dispose();
        _targets.Dispose();
    }

    private Tensor Rows(ReadOnlySpan<int> examples)
    {
        var rows = new long[examples.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = examples[i];
        }

        return Numbers.Upload<long>(rows, _device, rows.Length);
    }

    private Tensor Host(int examples) => empty([examples, _set.InputLength], dtype: Numbers.Type<T>());

    private Tensor Shaped(Tensor inputs) => inputs.view([1, inputs.shape[0], .. _inputShape]);

    private Tensor Targets(Tensor rows)
    {
        var targets = _targets.index_select(0, rows);
        return Classifies ? targets.flatten() : targets;
    }
}
