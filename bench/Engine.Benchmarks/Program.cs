using System.Globalization;
using System.Text.Json.Nodes;
using Stepsize.Engine.Benchmarks;
using Stepsize.Training.Workloads;

// Whole iterations of whole workloads, ours and the peer's alternately: bench.sh.
var json = args.Contains("--json", StringComparer.Ordinal);
var noPeer = args.Contains("--no-peer", StringComparer.Ordinal);
var repetitions = (int)Number("--repetitions", 5);
var duration = TimeSpan.FromSeconds(Number("--seconds", 4));
var cores = (int)Number("--cores", Environment.ProcessorCount);
var runs = (int)Number("--runs", 8);
var stacks = args.Contains("--stacked-peer", StringComparer.Ordinal);
var root = Text("--root", ".");
var python = Text("--python", "python3");
if (args.Contains("optimizers", StringComparer.Ordinal))
{
    using var one = new Stepsize.Training.Execution.TrainingPool(1);
    var costs = await OptimizerMeter.MeasureAsync(one, Path.Combine(root, "datasets"));
    Console.WriteLine(json
        ? new JsonArray([.. costs.Select(c => c.ToJson())]).ToJsonString(new() { WriteIndented = true })
        : string.Join(Environment.NewLine, costs.Select(c => c.ToRow()).Prepend(OptimizerMeter.Header)));
    return 0;
}

var wanted = args.Where((a, i) => !a.StartsWith("--", StringComparison.Ordinal) && (i == 0 || !TakesValue(args[i - 1]))).ToArray();
foreach (var unknown in wanted.Where(w => BenchmarkCase.All.All(c => c.Workload != w)))
{
    Console.Error.WriteLine($"There is no benchmark {unknown}; there are {string.Join(", ", BenchmarkCase.All.Select(c => c.Workload))}.");
    return 2;
}

var peak = PeakMeter.GigaflopsPerCore();
var datasets = Path.Combine(root, "datasets");
var (pool, executor) = EngineMeter.Create(cores, datasets);
using var disposed = pool;
var meter = new EngineMeter(pool, executor, runs);
var results = new JsonArray();
if (!json)
{
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{executor.Device}, {cores} cores, {runs} runs each, peak {peak:F0} GFLOP/s a core; medians of {repetitions} × {duration.TotalSeconds:F0} s, ours and the peer's alternately"));
    Console.WriteLine(BenchmarkResult.Header);
}

foreach (var benchmark in BenchmarkCase.All.Where(c => wanted.Length == 0 || wanted.Contains(c.Workload, StringComparer.Ordinal)))
{
    if (WorkloadRegistry.Find(benchmark.Workload) is null)
    {
        Console.Error.WriteLine($"{benchmark.Workload}: skipped, there is no such workload yet");
        continue;
    }

    var result = await MeasureAsync(benchmark);
    results.Add(result.ToJson());
    if (!json)
    {
        Console.WriteLine(result.ToRow());
    }
}

if (json)
{
    Console.WriteLine(results.ToJsonString(new() { WriteIndented = true }));
}

return 0;

async Task<BenchmarkResult> MeasureAsync(BenchmarkCase benchmark)
{
    var (peer, message) = noPeer
        ? (null, "not wanted")
        : await PeerProcess.StartAsync(python, Path.Combine(root, "bench", "peers", "peer.py"), benchmark, cores, datasets, stacks ? runs : null);
    using var ended = peer;
    if (peer is null && !noPeer)
    {
        Console.Error.WriteLine($"{benchmark.Workload}: no peer, {message}");
    }

    // Unmeasured: until the JIT has made its best code, and the peer its first iterations.
    await meter.MeasureAsync(benchmark, TimeSpan.FromSeconds(3));
    if (peer is not null)
    {
        await peer.MeasureAsync(TimeSpan.FromSeconds(1));
    }

    var ours = new List<EngineSample>();
    var theirs = new List<double>();
    for (var i = 0; i < repetitions; i++)
    {
        ours.Add(await meter.MeasureAsync(benchmark, duration));
        if (peer is not null)
        {
            theirs.Add(await peer.MeasureAsync(duration));
        }
    }

    return new BenchmarkResult(
        benchmark,
        cores,
        BenchmarkResult.Median(ours.Select(s => s.IterationsPerSecond)),
        peer is null ? null : BenchmarkResult.Median(theirs),
        peer is null ? null : BenchmarkResult.Median(ours.Zip(theirs, (a, b) => a.IterationsPerSecond / b)),
        peak,
        BenchmarkResult.Median(ours.Select(s => s.AllocatedBytes)),
        ours.Max(s => s.WorkingSetBytes));
}

static bool TakesValue(string option) => option is "--repetitions" or "--seconds" or "--cores" or "--runs" or "--root" or "--python";

string Text(string option, string otherwise)
{
    var at = Array.IndexOf(args, option);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
}

double Number(string option, double otherwise)
{
    var text = Text(option, "");
    return text.Length == 0 ? otherwise
        : double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > 0 ? value
        : throw new ArgumentException($"{option} takes a positive number; {text} given.", option);
}
