using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stepsize.Web.Reports;

/// <summary>Drafts and published versions as the database keeps them.</summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static string Write(IReadOnlyList<ReportBlock> blocks) => JsonSerializer.Serialize(blocks, Options);

    public static IReadOnlyList<ReportBlock> ReadBlocks(string json) => JsonSerializer.Deserialize<List<ReportBlock>>(json, Options) ?? [];

    public static string Write(FrozenReport report) => JsonSerializer.Serialize(report, Options);

    public static FrozenReport ReadReport(string json) => JsonSerializer.Deserialize<FrozenReport>(json, Options) ?? new FrozenReport("", []);
}
