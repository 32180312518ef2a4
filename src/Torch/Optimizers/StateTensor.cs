using static TorchSharp.torch;

namespace Stepsize.Torch.Optimizers;

/// <summary>Numbers of each run of an optimizer, [k, …]: what it remembers, or what its settings say. Rows can be taken out as runs end.</summary>
internal sealed class StateTensor(Tensor value) : IDisposable
{
    public Tensor Value { get; private set; } = value;

    /// <summary>Goes on with some rows alone.</summary>
    public void Keep(Tensor rows)
    {
        var kept = Value.index_select(0, rows);
        Value.Dispose();
        Value = kept;
    }

    public void Dispose() => Value.Dispose();
}
