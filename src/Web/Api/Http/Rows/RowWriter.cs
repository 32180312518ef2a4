using System.Buffers;

namespace Stepsize.Web.Api.Http.Rows;

/// <summary>
/// Writes rows as they come: what is not sent yet is a small buffer, however many rows there are. Between <see cref="BeginRow"/> and
/// <see cref="EndRowAsync"/> every column gets its value, in order.
/// </summary>
internal abstract class RowWriter(Stream stream)
{
    private const int FullEnough = 32 << 10;

    protected ArrayBufferWriter<byte> Buffer { get; } = new(2 * FullEnough);

    public abstract void BeginRow();

    /// <summary>The column does not apply to this row.</summary>
    public abstract void None();

    public abstract void Text(string value);

    public abstract void Whole(long value);

    public abstract void Flag(bool value);

    /// <summary>Numbers are written with as many digits as it takes to read back the same number.</summary>
    public abstract void Number(float value);

    /// <inheritdoc cref="Number(float)"/>
    public abstract void Number(double value);

    public void TextOrNone(string? value)
    {
        if (value is null)
        {
            None();
        }
        else
        {
            Text(value);
        }
    }

    public void WholeOrNone(long? value)
    {
        if (value is { } number)
        {
            Whole(number);
        }
        else
        {
            None();
        }
    }

    public void NumberOrNone(double? value)
    {
        if (value is { } number)
        {
            Number(number);
        }
        else
        {
            None();
        }
    }

    /// <summary>A number in single precision keeps its own shortest digits.</summary>
    public void NumberOrNone(float? value)
    {
        if (value is { } number)
        {
            Number(number);
        }
        else
        {
            None();
        }
    }

    public ValueTask EndRowAsync(CancellationToken cancellation)
    {
        FinishRow();
        return Buffer.WrittenCount >= FullEnough ? FlushAsync(cancellation) : ValueTask.CompletedTask;
    }

    /// <summary>After the last row.</summary>
    public ValueTask EndAsync(CancellationToken cancellation)
    {
        Finish();
        return FlushAsync(cancellation);
    }

    protected abstract void FinishRow();

    protected abstract void Finish();

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await stream.WriteAsync(Buffer.WrittenMemory, cancellation);
        Buffer.ResetWrittenCount();
    }
}
