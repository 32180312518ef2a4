using System.Globalization;
using System.Runtime.CompilerServices;

namespace Stepsize.Training.Faults;

/// <summary>
/// Collects faults, so that a person sees all of them at once instead of one a try. What a person can send is bounded, what it can make the program say
/// must be too: the first <see cref="MostNamed"/> faults are named, the rest is counted, and texts are cut.
/// </summary>
public sealed class FaultList
{
    /// <summary>More than anybody reads.</summary>
    public const int MostNamed = 100;

    private const int LongestField = 200;
    private const int LongestMessage = 2000;

    private readonly List<Fault> _faults = [];

    /// <summary>All faults, named or not.</summary>
    public int Count { get; private set; }

    /// <summary>Those that are named.</summary>
    public IReadOnlyList<Fault> All => _faults;

    /// <summary>Faults beyond those that are named.</summary>
    public int Unnamed => Count - _faults.Count;

    /// <summary>Whether what is added from here on is only counted: what is costly to say need not be said.</summary>
    public bool IsFull => _faults.Count == MostNamed;

    public void Add(string field, string message)
    {
        Count++;
        if (!IsFull)
        {
            _faults.Add(new Fault(Cut(field, LongestField), Cut(message, LongestMessage)));
        }
    }

    /// <summary>The same; a fault that is only counted is not put into words, nor anything computed that its words would hold.</summary>
    public void Add(string field, [InterpolatedStringHandlerArgument("")] FaultMessage message)
    {
        if (message.Text is { } text)
        {
            Add(field, text);
        }
        else
        {
            Count++;
        }
    }

    /// <exception cref="InvalidInputException">At least one fault was added.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
        {
            throw new InvalidInputException([.. _faults], Unnamed);
        }
    }

    /// <summary>On one line, with nothing that steers a terminal or turns the direction of writing.</summary>
    private static string Cut(string text, int length)
    {
        var cut = text.Length <= length ? text : text[..(length - 1)] + "…";
        return cut.Any(IsUnseen) ? string.Concat(cut.Select(c => IsUnseen(c) ? '·' : c)) : cut;
    }

    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;
}
