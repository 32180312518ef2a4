using Microsoft.Playwright;
using Stepsize.Page.Benchmarks;

// Pages of large sweeps in Chromium, with and without training beside: bench.sh pages [--repetitions N] [--db FILE].
var repetitions = int.Parse(Argument("--repetitions") ?? "5", System.Globalization.CultureInfo.InvariantCulture);
var database = Path.GetFullPath(Argument("--db") ?? "artifacts/bench/pages.db");
if (!File.Exists(database))
{
    Console.Error.WriteLine($"Training 1,375 runs into {database}, once (a few minutes) …");
    Directory.CreateDirectory(Path.GetDirectoryName(database)!);
    var unfinished = database + ".unfinished";
    File.Delete(unfinished);
    await DashboardProcess.TrainAsync(BenchmarkSweeps.Thousand, unfinished);
    await DashboardProcess.TrainAsync(BenchmarkSweeps.Figure, unfinished);
    File.Move(unfinished, database);
}

// What is trained meanwhile must not stay in the database that the next measurement begins with.
var copy = Path.Combine(Directory.CreateTempSubdirectory("stepsize-bench-").FullName, "pages.db");
File.Copy(database, copy);
try
{
    await using var dashboard = await DashboardProcess.ServeAsync(copy);
    using var playwright = await Playwright.CreateAsync();
    await using var browser = await playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable("STEPSIZE_CHROMIUM") ?? "/usr/bin/chromium",
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    var meter = new PageMeter(browser, dashboard.Address, repetitions);

    // The first answers of a server are those of code that is still being compiled.
    await new PageMeter(browser, dashboard.Address, 2).OpenCurvesAsync("", "/curves?sweep=1");
    await new PageMeter(browser, dashboard.Address, 2).OpenSweepAsync("", "/sweeps/2");
    await MeasureAsync("nothing else is trained");
    await dashboard.LaunchAsync(BenchmarkSweeps.Endless);
    await Task.Delay(TimeSpan.FromSeconds(5));
    await MeasureAsync("another sweep is trained on every core");

    async Task MeasureAsync(string meanwhile)
    {
        Console.WriteLine($"\nWhile {meanwhile} (load average {Load()}, median of {repetitions}):\n\n{PageMeter.Header}");
        Console.WriteLine(await meter.OpenCurvesAsync("100 runs × 14,000 iterations, opened", "/curves?runs=1-100"));
        Console.WriteLine(await meter.OpenCurvesAsync("1,000 runs × 14,000 iterations, opened", "/curves?sweep=1"));
        Console.WriteLine(await meter.OpenCurvesAsync("the same as 100 means over seeds", "/curves?sweep=1&over=mean"));
        Console.WriteLine(await meter.OpenCurvesAsync("100 of 375 runs × 5,000 iterations, opened", "/curves?runs=1001-1100"));
        Console.WriteLine(await meter.OpenSweepAsync("page of the sweep of 375 runs, opened", "/sweeps/2"));
        Console.WriteLine(await meter.SwitchHeatmapAsync("its heatmap, switched to another measure", "/sweeps/2"));
    }
}
finally
{
    Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
}

return 0;

string? Argument(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;

static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
