using System.Globalization;
using System.Runtime.CompilerServices;

namespace Stepsize.Training.Faults;

/// <summary>The words of a fault, written only while a <see cref="FaultList"/> still names faults: what a person can send must not decide how much is written.</summary>
[InterpolatedStringHandler]
public ref struct FaultMessage
{
    private DefaultInterpolatedStringHandler _text;

    /// <param name="isWritten">Whether the parts are asked for.</param>
    public FaultMessage(int literalLength, int formattedCount, FaultList faults, out bool isWritten)
    {
        isWritten = !faults.IsFull;
        _text = isWritten ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
        IsWritten = isWritten;
    }

    /// <summary>Null where the fault is only counted. Read once.</summary>
    internal string? Text => IsWritten ? _text.ToStringAndClear() : null;

    private bool IsWritten { get; }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);
}
