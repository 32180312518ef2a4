using Stepsize.Training.Papers.Comparison;

namespace Stepsize.Web.Views.Text;

/// <summary>Verdicts in words.</summary>
public static class VerdictText
{
    /// <summary>In the order in which pages count them.</summary>
    public static IReadOnlyList<Verdict> All { get; } = [Verdict.Agrees, Verdict.Differs, Verdict.NotComparable, Verdict.NotRun];

    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Agrees => "agrees",
        Verdict.Differs => "differs",
        Verdict.NotComparable => "not comparable",
        _ => "not run",
    };
}
