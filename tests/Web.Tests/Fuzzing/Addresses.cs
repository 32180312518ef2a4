using FsCheck;
using FsCheck.Fluent;

namespace Stepsize.Web.Tests.Fuzzing;

/// <summary>Addresses like those of pages, exports and the API, with parameters that there are and that there are not.</summary>
internal static class Addresses
{
    private static readonly Gen<string> Path = Gen.OneOf(
        Gen.Elements(
            "/", "/sweeps/new", "/sweeps/1", "/sweeps/999", "/runs/1", "/runs/999", "/curves", "/compare", "/compare/cells.csv", "/papers", "/optimizers", "/datasets", "/jobs", "/bin", "/reports", "/reports/1",
            "/r/none", "/health", "/not-found", "/nowhere"),
        Gen.Elements(
            "/api/sweeps", "/api/sweeps.csv", "/api/sweeps.jsonl", "/api/sweeps/1", "/api/sweeps/1/runs", "/api/sweeps/1/runs.csv", "/api/sweeps/1/evaluations", "/api/sweeps/1/evaluations.csv",
            "/api/sweeps/1/heatmap", "/api/sweeps/1/robustness", "/api/sweeps/1/robustness.csv", "/api/sweeps/1/missing", "/api/sweeps/1/metrics.csv", "/api/sweeps/1/metrics.jsonl", "/api/runs/1",
            "/api/runs/1/metrics", "/api/runs/1/curves/loss", "/api/runs/1/iterates", "/api/metrics.csv", "/api/curves", "/api/curves.csv", "/api/compare", "/api/compare/differences", "/api/papers",
            "/api/papers/cells", "/api/papers/tables", "/api/optimizers", "/api/optimizers/adam", "/api/datasets", "/api/bin", "/api/jobs", "/api/openapi.json", "/api"),
        Gen.Elements(
            "/exports/sweeps/1/heatmap.svg", "/exports/sweeps/1/curves.csv", "/exports/sweeps/1/summary.tex", "/exports/curves.svg", "/exports/curves.csv", "/exports/comparisons/differences.svg",
            "/exports/comparisons/budget.csv", "/exports/papers/adaloss-table-1.svg", "/exports/reports/1/1.html"),
        from kind in Gen.Elements("/sweeps/", "/runs/", "/api/sweeps/", "/api/runs/", "/api/optimizers/", "/exports/papers/", "/r/", "/reports/")
        from name in Encoded
        from rest in Gen.Elements("", ".svg", ".csv", "/runs", "/metrics", "/heatmap")
        select kind + name + rest);

    private static readonly Gen<string> Name = Gen.Frequency(
        (20, Gen.Elements(
            "limit", "offset", "status", "search", "workload", "seed", "row", "optimizer", "outcome", "value", "measure", "at", "stat", "axis", "first", "last", "points", "runs", "sweeps", "sweep", "s", "show", "over",
            "smooth", "x", "y", "from", "to", "a", "b", "rows", "scale", "cell", "hide", "low", "high", "sort", "stepsizes", "track", "steps", "table", "paper", "launch", "preset", "page", "loss", "stepsize")),
        (1, Encoded));

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.Elements(
            "1", "0", "-1", "1.5", "1e300", "1e-320", "9223372036854775807", "9223372036854775808", "NaN", "Infinity", "true", "all", "log", "linear", "mean", "median", "ema:20", "median:0", "median:999999999",
            "ema:", "last-3", "best", "final", "test-accuracy", "train-loss", "epoch-1", "iteration-100", "end", "loss", "accuracy", "b0", "lr", "sgd-constant", "adagrad-norm~b0~1~eta~3", "quickstart",
            "1-10", "1-1000", "10-1", "1-9223372036854775807", "1,2,3", "1.2", "1-0", "0:1", "completed,running", "finished", "%00", "%ff", "%ed%a0%80", "%e2%80%ae", "<script>alert(1)</script>", "'\"--", "..%2f..%2fetc"),
        Gen.Choose(-1000, 100_000).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Elements(50, 1500).Select(n => string.Join(',', Enumerable.Range(1, n))),
        Gen.Elements(100, 5000).Select(n => new string('9', n)),
        Encoded);

    /// <summary>A whole address, short enough for a server to take.</summary>
    public static Gen<string> All { get; } =
        from path in Path
        from query in Gen.Choose(0, 5).SelectMany(n => Gen.ListOf(Name.SelectMany(name => Value.Select(value => $"{name}={value}")), n))
        let address = query.Count == 0 ? path : $"{path}?{string.Join('&', query)}"
        select address.Length > 7000 ? address[..7000] : address;

    private static Gen<string> Encoded => ArbMap.Default.GeneratorFor<string>().Select(s => Uri.EscapeDataString(Whole(s ?? "")));

    /// <summary>Half of a surrogate pair has no encoding.</summary>
    private static string Whole(string text) => string.Concat(text.Select(c => char.IsSurrogate(c) ? '?' : c));
}
