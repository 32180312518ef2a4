using System.Globalization;
using Stepsize.Data.Metrics;
using Stepsize.Data.Selections;
using Stepsize.Training.Analysis.Curves;
using Stepsize.Training.Faults;

namespace Stepsize.Web.Views.Curves;

/// <summary>
/// Which curves an address asks for. Runs are named by <c>runs=1-20,25</c>, by the short name of a stored selection (<c>s=</c>), or by <c>sweep=3</c>, narrowed by
/// <c>row=</c> (an optimizer of the sweep, from 0) and <c>value=</c> (of its axis).
/// </summary>
public sealed record CurveQuery
{
    public string? Selection { get; init; }

    public RunSelection? Runs { get; init; }

    public long? Sweep { get; init; }

    public int? Row { get; init; }

    public double? Value { get; init; }

    public MetricColumn Column { get; init; }

    /// <summary>What stands for the seeds of a configuration; null where every run is a line of its own.</summary>
    public SeedCenter? Over { get; init; }

    public Smoothing? Smooth { get; init; }

    /// <summary>First iteration of the window; null for the start.</summary>
    public int? From { get; init; }

    /// <summary>Last iteration; null for the end.</summary>
    public int? To { get; init; }

    /// <summary>Whether the iterations are shown on a logarithmic axis: points are then spread evenly over that.</summary>
    public bool IsLogarithmic { get; init; }

    /// <param name="get">The value of a parameter of the address; null or empty where it is not there.</param>
    /// <exception cref="InvalidInputException">Something in it cannot be meant; names every fault.</exception>
    public static CurveQuery Parse(Func<string, string?> get)
    {
        var faults = new FaultList();
        var query = new CurveQuery
        {
            Selection = Text("s"),
            Runs = ReadRuns(Text("runs"), faults),
            Sweep = Number("sweep"),
            Row = (int?)Number("row", 0, int.MaxValue),
            Value = ReadValue(Text("value"), faults),
            Column = ReadColumn(Text("show"), faults),
            Over = ReadCenter(Text("over"), faults),
            Smooth = ReadSmoothing(Text("smooth"), faults),
            From = (int?)Number("from", 1, int.MaxValue),
            To = (int?)Number("to", 1, int.MaxValue),
            IsLogarithmic = Text("x") == "log",
        };
        if (query.From > query.To)
        {
            faults.Add("from", $"{query.From} is after to = {query.To}; the window's first iteration comes first.");
        }

        if (query is { Selection: null, Runs: null, Sweep: null } && faults.Count == 0)
        {
            faults.Add("", "No runs are named. Add runs=1-20,25, or sweep=3 to the address, or follow \"Curves\" on a sweep's page.");
        }

        faults.ThrowIfAny();
        return query;

        string? Text(string name) => get(name) is { Length: > 0 } text ? text : null;

        long? Number(string name, long least = 1, long most = long.MaxValue)
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            faults.Add(name, $"{Shortened(text)} is not a whole number from {least}.");
            return null;
        }
    }

    /// <summary>The parameters of the address that say what is drawn, without how.</summary>
    public string ToQueryString()
    {
        var parts = new List<string>();
        Add("s", Selection);
        Add("runs", Runs?.ToString());
        Add("sweep", Sweep);
        Add("row", Row);
        Add("value", Value is { } value ? value.ToString("R", CultureInfo.InvariantCulture) : null);
        Add("show", Column.ToString().ToLowerInvariant());
        Add("over", Over?.ToString().ToLowerInvariant());
        Add("smooth", Smooth?.Slug);
        Add("from", From);
        Add("to", To);
        Add("x", IsLogarithmic ? "log" : null);
        return string.Join('&', parts);

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                parts.Add($"{name}={Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $"{value}"))}");
            }
        }
    }

    private static string Shortened(string text) => $"\"{(text.Length <= 40 ? text : text[..40] + "…")}\"";

    private static RunSelection? ReadRuns(string? text, FaultList faults)
    {
        try
        {
            return text is null ? null : RunSelection.Parse(text);
        }
        catch (InvalidInputException e)
        {
            foreach (var fault in e.Faults)
            {
                faults.Add(fault.Field, fault.Message);
            }

            return null;
        }
    }

    private static double? ReadValue(string? text, FaultList faults)
    {
        if (text is null)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value > 0)
        {
            return value;
        }

        faults.Add("value", $"{Shortened(text)} is not a value of an axis; give a number greater than 0.");
        return null;
    }

    private static MetricColumn ReadColumn(string? text, FaultList faults)
    {
        foreach (var column in Enum.GetValues<MetricColumn>())
        {
            if (text is null || string.Equals(text, column.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return column;
            }
        }

        faults.Add("show", $"{Shortened(text!)} is not recorded; allowed: loss, accuracy, stepsize.");
        return MetricColumn.Loss;
    }

    private static SeedCenter? ReadCenter(string? text, FaultList faults)
    {
        switch (text)
        {
            case null:
                return null;
            case "mean":
                return SeedCenter.Mean;
            case "median":
                return SeedCenter.Median;
            default:
                faults.Add("over", $"{Shortened(text)} is unknown; give mean or median, or leave it out for every run.");
                return null;
        }
    }

    private static Smoothing? ReadSmoothing(string? text, FaultList faults)
    {
        if (text is not null && Smoothing.Parse(text) is null)
        {
            faults.Add("smooth", $"{Shortened(text)} is unknown; give ema:N or median:N with N from 2 to {Smoothing.WidestWindow} iterations.");
        }

        return Smoothing.Parse(text);
    }
}
