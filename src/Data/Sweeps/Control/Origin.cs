using System.Text.Json;
using Stepsize.Training.Execution;

namespace Stepsize.Data.Sweeps.Control;

/// <summary>Engine, device and data of a record: what runs of one table should share. Initial weights differ by seed, and follow from the configuration.</summary>
internal sealed record Origin(string Engine, string Device, string Data)
{
    /// <param name="provenance">JSON of a <see cref="RunProvenance"/>.</param>
    public static Origin Of(string provenance)
    {
        var made = JsonSerializer.Deserialize<RunProvenance>(provenance)!;
        return new Origin(
            made.Engine, made.Device, string.Join(' ', made.DataChecksums.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}")));
    }
}
