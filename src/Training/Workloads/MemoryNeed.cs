using System.Globalization;

namespace Stepsize.Training.Workloads;

/// <summary>About how much memory a workload of free sizes takes, known from its options before anything is allocated.</summary>
/// <param name="Bytes">Data as it is prepared, and one run: an estimate, right within a factor of two. A <see cref="double"/>, which no product of sizes overflows.</param>
/// <param name="Sizes">What it comes from, such as <c>rows 15000 × columns 20000</c>.</param>
public sealed record MemoryNeed(double Bytes, string Sizes)
{
    /// <summary>Most that a specification may ask for: two gibibytes, whatever the machine, so that a specification is right or wrong everywhere.</summary>
    public const double Allowed = 2.0 * (1 << 30);

    /// <summary>Arrays of a parameter's size in a run: parameters, gradient, up to three of the optimizer, and a checkpoint that is being written.</summary>
    internal const int CopiesOfParameters = 6;

    public bool IsAllowed => Bytes <= Allowed;

    /// <summary>The refusal, as a sentence.</summary>
    internal string Refusal => string.Create(
        CultureInfo.InvariantCulture, $"{Sizes} need about {Gigabytes(Bytes)} GB of memory, and at most {Gigabytes(Allowed)} GB are allowed; give smaller sizes.");

    private static string Gigabytes(double bytes) => (bytes / 1e9).ToString(bytes < 1e10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}
