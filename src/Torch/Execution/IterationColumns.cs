using Stepsize.Torch.Parameters;
using static TorchSharp.torch;

namespace Stepsize.Torch.Execution;

/// <summary>Loss, accuracy and stepsize of R runs for up to 128 iterations, on the device: fetched together, for each fetch waits until the device is done.</summary>
internal sealed class IterationColumns(Device device) : IDisposable
{
    private const int Rows = 128;
    private const int Columns = 3;

    private Tensor? _buffer;
    private int _count;

    public bool IsFull => _count == Rows;

    /// <summary>Adds an iteration. Within a scope of the caller's.</summary>
    /// <param name="loss">[R], as are the others.</param>
    public void Add(Tensor loss, Tensor accuracy, Tensor stepsize)
    {
        _buffer ??= zeros([Rows, Columns, loss.shape[0]], dtype: ScalarType.Float32, device: device).DetachFromDisposeScope();
        _buffer[_count].copy_(stack([loss, accuracy, stepsize]));
        _count++;
    }

    /// <summary>Hands each run its numbers, iteration by iteration, and starts again; the number of runs may change then.</summary>
    /// <param name="runs">By row.</param>
    public void Fetch(IReadOnlyList<TrackedRun> runs)
    {
        if (_count == 0)
        {
            return;
        }

        using var made = _buffer!.narrow(0, 0, _count);
        var values = Numbers.Download<float>(made);
        for (var i = 0; i < _count; i++)
        {
            for (var row = 0; row < runs.Count; row++)
            {
                if (!runs[row].HasEnded)
                {
                    var place = (i * Columns * runs.Count) + row;
                    runs[row].Add(values[place], values[place + runs.Count], values[place + (2 * runs.Count)]);
                }
            }
        }

        _count = 0;
        _buffer.Dispose();
        _buffer = null;
    }

    public void Dispose() => _buffer?.Dispose();
}
