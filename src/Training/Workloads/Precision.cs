using Stepsize.Training.Options;

namespace Stepsize.Training.Workloads;

/// <summary>
/// The option <c>precision</c> of every workload: the numbers that are computed in. It is part of a run's configuration, for what is found near the rounding of a float,
/// such as the rates that theory promises for least squares down to 1e-10, is another result in double.
/// </summary>
public static class Precision
{
    public const string Id = "precision";

    private const string InDouble = "double";
    private const string InFloat = "float";
    private const string BySize = "by-size";

    /// <summary>Problems of at most this many parameters were computed in double before there was a choice.</summary>
    private const int SmallProblem = 64;

    private const string Meaning = "Numbers that are computed in: double (64 bits), or float (32 bits), which is faster";

    /// <summary>Of networks: float.</summary>
    public static OptionDefinition Float { get; } = OptionDefinition.Choice(Id, InFloat, [InFloat, InDouble], $"{Meaning}.");

    /// <summary>Of networks whose options can make them small: float, but stored forms without the option meant double where they are.</summary>
    /// <param name="parameters">Number of parameters.</param>
    public static OptionDefinition FloatOf(Func<OptionSet, long> parameters) => OptionDefinition.Choice(
        Id, InFloat, [InFloat, InDouble], $"{Meaning}.", options => parameters(options) <= SmallProblem ? InDouble : InFloat);

    /// <summary>Of problems that were always computed in double.</summary>
    public static OptionDefinition Double { get; } = OptionDefinition.Choice(Id, InDouble, [InDouble, InFloat], $"{Meaning}.");

    /// <summary>Of tables, whose parameters the file tells: double, but stored forms without the option go by the size.</summary>
    public static OptionDefinition DoubleOfTables { get; } = OptionDefinition.Choice(
        Id, InDouble, [InDouble, InFloat, BySize],
        $"{Meaning}; by-size is double for at most {SmallProblem} parameters, as sweeps from before there was the option have it.", _ => BySize);

    /// <summary>Of problems whose options tell their size: double, but stored forms without the option meant float where it is not small.</summary>
    /// <param name="parameters">Number of parameters.</param>
    public static OptionDefinition DoubleOf(Func<OptionSet, long> parameters) => OptionDefinition.Choice(
        Id, InDouble, [InDouble, InFloat], $"{Meaning}.", options => parameters(options) <= SmallProblem ? InDouble : InFloat);

    /// <summary>Bytes of a number that is computed in.</summary>
    /// <param name="parameters">Number of parameters.</param>
    internal static int Bytes(OptionSet options, long parameters) => IsDouble(options, parameters) ? sizeof(double) : sizeof(float);

    /// <summary>Whether these options ask for double.</summary>
    /// <param name="parameters">Number of parameters.</param>
    public static bool IsDouble(OptionSet options, long parameters) => options.Choice(Id) switch
    {
        InDouble => true,
        BySize => parameters <= SmallProblem,
        _ => false,
    };
}
