using System.Globalization;
using Stepsize.Training.Execution;
using Stepsize.Training.Sweeps;

namespace Stepsize.Training.Comparison;

/// <summary>Finds in what sweeps differ beside their optimizers, which are what is compared.</summary>
public static class DifferingFields
{
    /// <summary>As much of a checksum as tells two files apart for a reader.</summary>
    private const int ChecksumShown = 8;

    /// <returns>Fields that are not the same in all, with the value of each sweep.</returns>
    public static IReadOnlyList<DifferingField> Of(IReadOnlyList<ComparedSweep> sweeps)
    {
        DifferingField[] fields =
        [
            Field("workload", s => s.Specification.Workload.Id),
            .. Options(sweeps),
            Field("batch size", s => Number(s.Specification.BatchSize)),
            Field("length", s => Length(s.Specification)),
            Field("seeds", s => string.Join(", ", s.Specification.Seeds), isProtocol: false),
            .. Data(sweeps),
            Field("engine", s => Distinct(s, p => p.Engine), isProtocol: false),
            Field("device", s => Distinct(s, p => p.Device), isProtocol: false),
        ];
        return [.. fields.Where(f => f.Values.Distinct(StringComparer.Ordinal).Count() > 1)];

        DifferingField Field(string name, Func<ComparedSweep, string> value, bool isProtocol = true) => new(name, [.. sweeps.Select(value)], isProtocol);
    }

    private static IEnumerable<DifferingField> Options(IReadOnlyList<ComparedSweep> sweeps)
    {
        var options = sweeps.Select(s => s.Specification.WorkloadOptions.ToJson()).ToList();
        return options.SelectMany(o => o.Select(pair => pair.Key)).Distinct(StringComparer.Ordinal)
            .Select(id => new DifferingField(id, [.. options.Select(o => o.ContainsKey(id) ? o[id]?.ToString() ?? DifferingField.None : DifferingField.None)], IsProtocol: true));
    }

    /// <summary>Files of the same name with other contents. A sweep that was not trained yet has none and differs in nothing.</summary>
    private static IEnumerable<DifferingField> Data(IReadOnlyList<ComparedSweep> sweeps)
    {
        var trained = sweeps.Where(s => s.Provenance.Count > 0).ToList();
        return trained.SelectMany(s => s.Provenance).SelectMany(p => p.DataChecksums.Keys).Distinct(StringComparer.Ordinal)
            .Where(name => trained.TrueForAll(s => s.Provenance.Any(p => p.DataChecksums.ContainsKey(name))))
            .Where(_ => trained.Count == sweeps.Count)
            .Select(name => new DifferingField($"checksum of {name}", [.. sweeps.Select(s => Distinct(s, p => p.DataChecksums.GetValueOrDefault(name)?[..ChecksumShown]))], IsProtocol: true));
    }

    private static string Length(SweepSpecification sweep) =>
        sweep.Epochs is { } epochs ? $"{Number(epochs)} {(epochs == 1 ? "epoch" : "epochs")}" : $"{Number(sweep.Iterations ?? 0)} iterations";

    private static string Distinct(ComparedSweep sweep, Func<RunProvenance, string?> of)
    {
        var values = sweep.Provenance.Select(of).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return values.Count == 0 ? DifferingField.None : string.Join(", ", values);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
