namespace Stepsize.Web.Api.Http;

/// <summary>Groups of operations, in the order in which people read of them.</summary>
internal static class ApiTags
{
    public const string Sweeps = "Sweeps";

    public const string Control = "Control";

    public const string Runs = "Runs";

    public const string Metrics = "Metrics";

    public const string Tables = "Tables";

    public const string Compare = "Compare";

    public const string Papers = "Papers";

    public const string OwnTables = "Own tables";

    public const string Registries = "Registries";

    public static IReadOnlyList<string> All { get; } = [Sweeps, Control, Runs, Metrics, Tables, Compare, Papers, OwnTables, Registries];
}
