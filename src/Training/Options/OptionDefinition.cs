using System.Globalization;

namespace Stepsize.Training.Options;

/// <summary>An option of an optimizer or a workload: the form, the command line, the documentation and the validation all read it.</summary>
public sealed class OptionDefinition
{
    /// <summary>Longest text that an option takes.</summary>
    public const int MaximumTextLength = 1000;

    private OptionDefinition(string id, OptionKind kind, object defaultValue, string meaning)
    {
        Id = id;
        Kind = kind;
        Default = defaultValue;
        Meaning = meaning;
    }

    public string Id { get; }

    public OptionKind Kind { get; }

    /// <summary>A <see cref="double"/>, <see cref="int"/>, <see cref="bool"/>, <see cref="string"/> or array of <see cref="double"/>, as <see cref="Kind"/> says.</summary>
    public object Default { get; }

    /// <summary>What it does, in a sentence.</summary>
    public string Meaning { get; }

    /// <summary>Smallest value allowed, for numbers.</summary>
    public double? Minimum { get; private init; }

    /// <summary>Largest value allowed, for numbers.</summary>
    public double? Maximum { get; private init; }

    /// <summary>Whether <see cref="Minimum"/> itself is refused.</summary>
    public bool MinimumIsExclusive { get; private init; }

    /// <summary>Whether <see cref="Maximum"/> itself is refused.</summary>
    public bool MaximumIsExclusive { get; private init; }

    /// <summary>Words allowed, for <see cref="OptionKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>A number in [minimum, maximum]; an exclusive end is said by the flags.</summary>
    public static OptionDefinition Number(
        string id, double defaultValue, string meaning,
        double? minimum = null, double? maximum = null, bool minimumIsExclusive = false, bool maximumIsExclusive = false) =>
        new(id, OptionKind.Number, defaultValue, meaning)
        {
            Minimum = minimum,
            Maximum = maximum,
            MinimumIsExclusive = minimumIsExclusive,
            MaximumIsExclusive = maximumIsExclusive,
        };

    /// <param name="implied">The number for forms that were stored before there was the option, where it is not the default (see <see cref="ImpliedBy"/>).</param>
    public static OptionDefinition Integer(string id, int defaultValue, string meaning, int? minimum = null, int? maximum = null, int? implied = null) =>
        new(id, OptionKind.Integer, defaultValue, meaning) { Minimum = minimum, Maximum = maximum, Implied = implied is { } number ? _ => number : null };

    /// <param name="implied">The value for forms that were stored before there was the option, where it is not the default (see <see cref="ImpliedBy"/>).</param>
    public static OptionDefinition Flag(string id, bool defaultValue, string meaning, bool? implied = null) =>
        new(id, OptionKind.Flag, defaultValue, meaning) { Implied = implied is { } flag ? _ => flag : null };

    /// <param name="implied">The word for forms that were stored before there was the option, where it is not the default (see <see cref="ImpliedBy"/>).</param>
    public static OptionDefinition Choice(
        string id, string defaultValue, IReadOnlyList<string> choices, string meaning, Func<OptionSet, string>? implied = null) =>
        new(id, OptionKind.Choice, defaultValue, meaning) { Choices = choices, Implied = implied };

    /// <summary>As many numbers as the default has.</summary>
    public static OptionDefinition Numbers(string id, double[] defaultValue, string meaning, double? minimum = null, bool minimumIsExclusive = false) =>
        new(id, OptionKind.Numbers, defaultValue, meaning) { Minimum = minimum, MinimumIsExclusive = minimumIsExclusive };

    /// <summary>A line of at most <see cref="MaximumTextLength"/> characters, none of them a control character; may be empty.</summary>
    public static OptionDefinition Text(string id, string defaultValue, string meaning) => new(id, OptionKind.Text, defaultValue, meaning);

    private Func<OptionSet, object>? Implied { get; init; }

    /// <summary>What is allowed, for messages and documentation, such as <c>a number in (0, 1)</c>.</summary>
    public string Allowed => Kind switch
    {
        OptionKind.Flag => "true or false",
        OptionKind.Text => string.Create(CultureInfo.InvariantCulture, $"a line of at most {MaximumTextLength} characters in quotes"),
        OptionKind.Choice => "one of " + string.Join(", ", Choices),
        OptionKind.Integer => "a whole number" + Range(),
        OptionKind.Numbers => string.Create(CultureInfo.InvariantCulture, $"{((double[])Default).Length} numbers") + Range(),
        _ => "a number" + Range(),
    };

    /// <summary>Whether a value of this option is <see cref="Default"/>.</summary>
    public bool IsDefault(object value) => Same(value, Default);

    /// <summary>Whether hashes leave a value out: it is what forms without the option mean. That never changes once published.</summary>
    public bool IsImplied(object value, OptionSet options) => Same(value, ImpliedBy(options));

    /// <summary>
    /// The value of forms that were stored before there was the option, which must go on meaning what they meant; it depends on the other options. What
    /// people leave out has <see cref="Default"/>, and hashes leave out this one.
    /// </summary>
    public object ImpliedBy(OptionSet options) => Implied?.Invoke(options) ?? Default;

    internal bool Admits(double value) =>
        double.IsFinite(value)
        && (Minimum is not { } low || (MinimumIsExclusive ? value > low : value >= low))
        && (Maximum is not { } high || (MaximumIsExclusive ? value < high : value <= high));

    private static bool Same(object a, object b) => a is double[] numbers ? numbers.AsSpan().SequenceEqual((double[])b) : a.Equals(b);

    private string Range() => (Minimum, Maximum) switch
    {
        (null, null) => "",
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $" {(MinimumIsExclusive ? ">" : "≥")} {low}"),
        (null, { } high) => string.Create(CultureInfo.InvariantCulture, $" {(MaximumIsExclusive ? "<" : "≤")} {high}"),
        ({ } low, { } high) => string.Create(
            CultureInfo.InvariantCulture, $" in {(MinimumIsExclusive ? '(' : '[')}{low}, {high}{(MaximumIsExclusive ? ')' : ']')}"),
    };
}
