using System.Globalization;
using Microsoft.OpenApi;
using Stepsize.Training.Analysis;
using Stepsize.Training.Faults;
using Stepsize.Training.Workloads;
using Stepsize.Web.Api.Http.Asking;
using Stepsize.Web.Views.Comparison;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Api.Compare;

/// <summary>Parameters of a comparison: the same words as in the address of /compare.</summary>
internal static class CompareParameters
{
    private const string SidePattern = @"^\d+(-\d+)?$";

    private static readonly ListParameter<long> Sweeps = new(
        "sweeps", $"Sweeps that are compared, 1 to {ComparisonAddress.MostSweeps}, in the order in which they are shown.", "sweep",
        new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
        "numbers of sweeps");

    private static readonly ListParameter<ComparisonSide> Rows = new(
        "rows", "Only these optimizers: 3-0 is the first of sweep 3. Left out, all.", "row",
        new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^\d+-\d+$" },
        text => ComparisonSide.Parse(text) is { Row: not null } side ? side : null,
        "optimizers of sweeps like 3-0");

    private static readonly WordParameter<Measure> Measured = new(
        "measure", "What is compared; left out, the first that all sweeps have.", MeasureText.All.ToDictionary(MeasureText.Slug, m => m, StringComparer.Ordinal));

    private static readonly TextParameter At = new("at", "When it was measured: end, epoch-5, iteration-200. Left out, the end of training.", 40);

    private static readonly TextParameter Statistic = new("stat", "How evaluations until then become a run's number: final, best, or last-5. Left out, final.", 40);

    private static readonly SideParameter A = new("a", "What is subtracted from: a sweep, such as 3, or one of its optimizers, such as 3-0.", SidePattern);

    private static readonly SideParameter B = new("b", "What is subtracted.", SidePattern);

    private static readonly WordParameter<bool> Scale = new(
        "scale", "Whether losses and norms are subtracted by their logarithms.", new Dictionary<string, bool> { ["plain"] = false, ["decades"] = true });

    public static IReadOnlyList<QueryParameter> All { get; } = [Sweeps, Rows, Measured, At, Statistic, A, B, Scale];

    /// <exception cref="InvalidInputException">No sweeps, too many, or a statistic that there is not.</exception>
    public static ComparisonAddress Of(ApiQuery query)
    {
        var faults = new FaultList();
        var sweeps = query.Get(Sweeps)?.Distinct().ToList() ?? [];
        if (sweeps.Count is 0 or > ComparisonAddress.MostSweeps)
        {
            faults.Add(Sweeps.Name, $"names {sweeps.Count} sweeps; give 1 to {ComparisonAddress.MostSweeps}, with commas between.");
        }

        var statistic = query.Get(Statistic);
        if (statistic is not null && RunStatistic.Parse(statistic) is null)
        {
            faults.Add(Statistic.Name, $"\"{Quoting.Short(statistic)}\" is not allowed; give final, best or last-5.");
        }

        faults.ThrowIfAny();
        return new ComparisonAddress
        {
            Sweeps = sweeps,
            Rows = query.Get(Rows) ?? [],
            Measure = query.Get(Measured),
            At = query.Get(At),
            Statistic = RunStatistic.Parse(statistic) ?? RunStatistic.Final,
            A = query.Get(A),
            B = query.Get(B),
            InDecades = query.Get(Scale) ?? false,
        };
    }

    private sealed record SideParameter(string Name, string Description, string Pattern) : QueryParameter<ComparisonSide?>(Name, Description)
    {
        public override OpenApiSchema Schema => new() { Type = JsonSchemaType.String, Pattern = Pattern };

        public override ComparisonSide? Read(string text, FaultList faults)
        {
            if (ComparisonSide.Parse(text) is { } side)
            {
                return side;
            }

            faults.Add(Name, $"\"{Quoting.Short(text)}\" is not allowed; give a sweep or one of its optimizers, such as 3 or 3-0.");
            return null;
        }
    }
}
