using System.Globalization;
using Stepsize.Training.Analysis;
using Stepsize.Training.Workloads;
using Stepsize.Web.Views.Text;

namespace Stepsize.Web.Views.Comparison;

/// <summary>What a comparison shows, as its address says it: <c>/compare?sweeps=3.5&amp;rows=3-0.5-1&amp;stat=best&amp;a=3&amp;b=5-1</c>.</summary>
public sealed record ComparisonAddress
{
    /// <summary>Relative to the dashboard's base, as all addresses of its pages are.</summary>
    public const string Path = "compare";

    /// <summary>The cells as a file.</summary>
    public const string Cells = Path + "/cells.csv";

    /// <summary>More heatmaps than a person looks at side by side.</summary>
    public const int MostSweeps = 10;

    /// <summary>What a message repeats of an address that says something else.</summary>
    private const int QuotedLength = 40;

    /// <summary>In the order in which they are shown, each once.</summary>
    public IReadOnlyList<long> Sweeps { get; init; } = [];

    /// <summary>The optimizers chosen. Of a sweep of which none is here all are.</summary>
    public IReadOnlyList<ComparisonSide> Rows { get; init; } = [];

    /// <summary>Null for the first that all sweeps have.</summary>
    public Measure? Measure { get; init; }

    /// <summary>The moment's slug; null for the end.</summary>
    public string? At { get; init; }

    public RunStatistic Statistic { get; init; } = RunStatistic.Final;

    /// <summary>What is subtracted from; null for the first sweep.</summary>
    public ComparisonSide? A { get; init; }

    /// <summary>What is subtracted; null for the second sweep, or where there is one sweep only, its first optimizer.</summary>
    public ComparisonSide? B { get; init; }

    /// <summary>Whether losses and norms are subtracted by their logarithms.</summary>
    public bool InDecades { get; init; }

    /// <summary>What in the address was not understood and is left out: whole sentences.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Reads the values of an address; what cannot be read is left out and becomes a fault.</summary>
    /// <param name="values">Of one name; several where the name is repeated, as forms do.</param>
    public static ComparisonAddress Parse(Func<string, IReadOnlyList<string>> values)
    {
        var faults = new List<string>();
        var ids = List("sweeps", text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null, "the number of a sweep, such as 12");
        if (ids.Count > MostSweeps)
        {
            faults.Add($"At most {MostSweeps} sweeps are compared at a time; the first {MostSweeps} of {ids.Count} are shown.");
        }

        var rows = List("rows", text => ComparisonSide.Parse(text) is { Row: not null } side ? side : (ComparisonSide?)null, "an optimizer of a sweep, such as 12-0");
        return new ComparisonAddress
        {
            Sweeps = [.. ids.Take(MostSweeps)],
            Rows = rows,
            Measure = Single("measure", MeasureText.Parse, $"one of {string.Join(", ", MeasureText.All.Select(MeasureText.Slug))}"),
            At = values("at") is [var at, ..] && at.Length is > 0 and < QuotedLength ? at : null,
            Statistic = One("stat", RunStatistic.Parse, "final, best or last-5") ?? RunStatistic.Final,
            A = Single("a", ComparisonSide.Parse, "a sweep or one of its optimizers, such as 12 or 12-0"),
            B = Single("b", ComparisonSide.Parse, "a sweep or one of its optimizers, such as 12 or 12-0"),
            InDecades = values("scale") is ["decades", ..],
            Faults = faults,
        };

        IReadOnlyList<T> List<T>(string name, Func<string, T?> parse, string allowed)
            where T : struct
        {
            var parsed = values(name).SelectMany(v => v.Split(['.', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Select(text => (Text: text, Value: parse(text))).ToList();
            faults.AddRange(parsed.Where(p => p.Value is null).Take(3).Select(p => NotUnderstood(name, p.Text, allowed)));
            return [.. parsed.Select(p => p.Value).OfType<T>().Distinct()];
        }

        T? Single<T>(string name, Func<string, T?> parse, string allowed)
            where T : struct
        {
            var value = values(name) is [{ Length: > 0 } text, ..] ? (Text: text, Value: parse(text)) : default;
            if (value is { Text: not null, Value: null })
            {
                faults.Add(NotUnderstood(name, value.Text, allowed));
            }

            return value.Value;
        }

        T? One<T>(string name, Func<string, T?> parse, string allowed)
            where T : class
        {
            if (values(name) is not [{ Length: > 0 } text, ..])
            {
                return null;
            }

            var value = parse(text);
            if (value is null)
            {
                faults.Add(NotUnderstood(name, text, allowed));
            }

            return value;
        }
    }

    public ComparisonAddress WithSweep(long id) => this with { Sweeps = [.. Sweeps.Append(id).Distinct()] };

    public ComparisonAddress WithoutSweep(long id) => this with
    {
        Sweeps = [.. Sweeps.Where(s => s != id)],
        Rows = [.. Rows.Where(r => r.SweepId != id)],
        A = A is { } a && a.SweepId == id ? null : A,
        B = B is { } b && b.SweepId == id ? null : B,
    };

    /// <summary>With exactly these optimizers of a sweep.</summary>
    /// <param name="isAll">Whether they are all that it has, which needs no saying.</param>
    public ComparisonAddress WithRows(long sweepId, IEnumerable<ComparisonSide> chosen, bool isAll)
    {
        ComparisonSide[] rows = [.. chosen];
        return this with
        {
            Rows = [.. Rows.Where(r => r.SweepId != sweepId), .. isAll ? [] : rows],
            A = Kept(A),
            B = Kept(B),
        };

        ComparisonSide? Kept(ComparisonSide? side) => side is { Row: not null } s && s.SweepId == sweepId && !rows.Contains(s) ? null : side;
    }

    /// <summary>The address, without what is the default anyway.</summary>
    public override string ToString() => Path + Query;

    /// <summary>From the question mark; empty where everything is the default.</summary>
    public string Query
    {
        get
        {
            // All of these stand in an address as they are: nothing needs an escape.
            string[] parts =
            [
                .. Part("sweeps", Sweeps.Count == 0 ? null : string.Join('.', Sweeps.Select(s => s.ToString(CultureInfo.InvariantCulture)))),
                .. Part("rows", Rows.Count == 0 ? null : string.Join('.', Rows)),
                .. Part("measure", Measure is { } measure ? MeasureText.Slug(measure) : null),
                .. Part("at", At is null ? null : Uri.EscapeDataString(At)),
                .. Part("stat", Statistic == RunStatistic.Final ? null : Statistic.Slug),
                .. Part("a", A?.ToString()),
                .. Part("b", B?.ToString()),
                .. Part("scale", InDecades ? "decades" : null),
            ];
            return parts.Length == 0 ? "" : "?" + string.Join('&', parts);

            static string[] Part(string name, string? value) => value is null ? [] : [$"{name}={value}"];
        }
    }

    private static string NotUnderstood(string name, string text, string allowed) =>
        $"“{(text.Length > QuotedLength ? text[..QuotedLength] + "…" : text)}” in {name} of the address was not understood and is left out; give {allowed}.";
}
